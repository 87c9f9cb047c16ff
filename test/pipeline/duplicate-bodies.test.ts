import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp, writeWhatsapp } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const first = { from: "447700900123", text: "first", messageId: "wamid.first" };
const second = { from: "447700900123", text: "second", messageId: "wamid.second" };

test("a message that stands in several bodies, and twice in one, is answered once", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await postWhatsapp(system, writeWhatsapp(system, first, first));
  await system.whatsapp.ledger.waitFor(1, 15_000);
  await postWhatsapp(system, writeWhatsapp(system, first, second, second));
  await system.whatsapp.ledger.waitFor(2, 15_000);
  await system.whatsapp.customerSays({ from: "447700900123", text: "later" });
  await system.whatsapp.ledger.waitFor(({ text }) => text.endsWith("later"), 15_000);

  expect(system.whatsapp.ledger.entries().map(({ text }) => text)).toEqual([
    "Вы написали: first",
    "Вы написали: second",
    "Вы написали: later",
  ]);
  await eventually(async () => {
    const open = (await system.readAll("webhooks")).filter(({ pending }) => pending.length > 0);
    expect(open).toEqual([]);
  });
});
