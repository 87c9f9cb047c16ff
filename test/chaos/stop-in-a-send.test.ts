import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

test("a worker that is told to stop lets the send under way end: no planned restart makes an outcome unknown", async () => {
  const system = await startSystem({ workers: 1 });
  onTestFinished(system.stop);
  const { whatsapp, readOutgoing } = system;
  whatsapp.switches.set({ latencyMs: 800, statusesOff: true });
  await whatsapp.customerSays({ from: "447700900440", text: "Hello" });
  await eventually(async () => {
    expect(await readOutgoing()).toMatchObject([{ state: "sending" }]);
  }, 10_000);

  await system.workers[0]?.stop();

  expect(await readOutgoing()).toMatchObject([{ state: "sent", attempt: 1 }]);
  expect(whatsapp.ledger.size).toBe(1);
}, 60_000);
