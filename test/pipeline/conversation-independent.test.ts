import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";

const slow = "447700900111";
const quick = "447700900222";
const words = Array.from({ length: 10 }, (_, index) => `${index}`);

test("a conversation whose sends hang holds up no other", async () => {
  const system = await startSystem({
    settings: { CLAIM_MS: "40000", CLAIM_MARGIN_MS: "20000", SEND_TIMEOUT_MS: "15000" },
  });
  onTestFinished(system.stop);
  system.whatsapp.switches.set({ onlyTo: slow, hangMs: true });

  for (const text of words) {
    await system.whatsapp.customerSays({ from: slow, text });
    await system.whatsapp.customerSays({ from: quick, text });
  }

  await system.whatsapp.ledger.waitFor(
    ({ to, text }) => to === quick && text.endsWith(" 9"),
    10_000,
  );
  expect(system.whatsapp.ledger.entries({ to: quick })).toHaveLength(words.length);
  expect(system.whatsapp.ledger.entries({ to: slow })).toHaveLength(1);
});
