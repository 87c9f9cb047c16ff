import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp, writeWhatsapp } from "../support/customers.ts";
import { startSystem } from "../support/system.ts";

test("several messages of several customers in one body are each answered, in order", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const said = ["1", "2", "3"].flatMap((text) =>
    ["447700900111", "447700900222"].map((from) => ({ from, text })),
  );

  await postWhatsapp(system, writeWhatsapp(system, ...said));

  await system.whatsapp.ledger.waitFor(6, 15_000);
  for (const to of ["447700900111", "447700900222"])
    expect(system.whatsapp.ledger.entries({ to }).map(({ text }) => text)).toEqual([
      "Вы написали: 1",
      "Вы написали: 2",
      "Вы написали: 3",
    ]);
});
