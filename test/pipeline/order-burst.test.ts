import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";

const count = 200;
const words = Array.from({ length: count }, (_, index) => `${index}`);

test("200 messages of one conversation are answered in order, each once, by slow sends", async () => {
  const system = await startSystem({
    workers: 2,
    whatsapp: { pairIntervalMs: 0 },
    whatsappSimulator: { statusGapMs: 500, statusBatchMs: 500 },
  });
  onTestFinished(system.stop);
  system.whatsapp.switches.set({ latencyMs: 20 });

  const timestamp = Math.floor(Date.now() / 1000);
  for (const text of words)
    await system.whatsapp.customerSays({ from: "447700900123", text, timestamp });
  await system.whatsapp.ledger.waitFor(count, 60_000);
  await system.whatsapp.customerSays({ from: "447700900123", text: "last" });
  await system.whatsapp.ledger.waitFor(({ text }) => text.endsWith("last"), 20_000);

  expect(system.whatsapp.ledger.entries().map(({ text }) => text)).toEqual(
    [...words, "last"].map((text) => `Вы написали: ${text}`),
  );
}, 90_000);
