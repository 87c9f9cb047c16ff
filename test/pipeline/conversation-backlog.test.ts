import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const words = Array.from({ length: 120 }, (_, index) => `${index}`);

test("more open webhooks than one look takes are all answered, in order", async () => {
  const system = await startSystem({ workers: 0, whatsapp: { pairIntervalMs: 0 } });
  onTestFinished(system.stop);
  const timestamp = Math.floor(Date.now() / 1000);
  for (const text of words) await system.whatsapp.customerSays({ from, text, timestamp });

  await system.startWorker();

  const replies = await system.whatsapp.ledger.waitFor(words.length, 25_000);
  expect(replies.map(({ text }) => text)).toEqual(words.map((text) => `Вы написали: ${text}`));
  await eventually(async () => {
    const open = (await system.readAll("webhooks")).filter(({ pending }) => pending.length > 0);
    expect(open).toEqual([]);
  });
}, 60_000);
