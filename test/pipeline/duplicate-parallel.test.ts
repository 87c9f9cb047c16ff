import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp, writeWhatsapp } from "../support/customers.ts";
import { startSystem } from "../support/system.ts";

test("a webhook that is delivered twenty times at once is answered once", async () => {
  const system = await startSystem({ workers: 2 });
  onTestFinished(system.stop);
  const body = writeWhatsapp(system, { from: "447700900123", text: "once" });

  const statuses = await Promise.all(Array.from({ length: 20 }, () => postWhatsapp(system, body)));
  await system.whatsapp.ledger.waitFor(1, 15_000);
  await system.whatsapp.customerSays({ from: "447700900123", text: "later" });
  await system.whatsapp.ledger.waitFor(({ text }) => text.endsWith("later"), 15_000);

  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(system.whatsapp.ledger.entries().map(({ text }) => text)).toEqual([
    "Вы написали: once",
    "Вы написали: later",
  ]);
});
