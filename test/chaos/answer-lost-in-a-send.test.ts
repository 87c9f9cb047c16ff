import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0 });
afterAll(system.stop);
// A receipt would tell of the send: here nothing helps but what the worker itself knows.
system.whatsapp.switches.set({ statusesOff: true });

const rows: readonly Blow[] = [
  { at: "lane.outgoing.claim", when: "before" },
  { at: "lane.outgoing.claim", when: "after" },
  { at: "lane.providerRefs.recordSend", when: "before" },
  { at: "lane.providerRefs.recordSend", when: "after" },
  { at: "lane.outgoing.settleSent", when: "before" },
  { at: "lane.outgoing.settleSent", when: "after" },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090040${index}` })))(
  "the database's answer is lost $when $at was done: the reply leaves once and is known as sent",
  async ({ from, ...row }) => {
    const worker = await startCrashingWorker(system, { ...row, signal: "answer lost" });
    onTestFinished(worker.kill);

    await system.whatsapp.customerSays({ from, text: "Hello" });

    await eventually(async () => {
      const own = (await system.readOutgoing()).filter(({ peer }) => peer === from);
      expect(own.map(({ state }) => state)).toEqual(["sent"]);
    }, 15_000);
    await worker.line("struck");
    expect(system.whatsapp.ledger.entries({ to: from })).toHaveLength(1);
  },
);
