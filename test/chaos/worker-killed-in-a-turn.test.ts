import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0 });
afterAll(system.stop);
const now = new Date();
await system.models.bots.publish(
  { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "two messages", updatedAt: now },
  {
    nodes: [
      { id: "first", type: "welcome", data: { message: "First to {{user_input}}" } },
      { id: "second", type: "message", data: { message: "Second to {{user_input}}" } },
    ],
    edges: [{ source: "first", target: "second" }],
  },
  now,
);

interface Row extends Blow {
  readonly place: string;
}

const rows: readonly Row[] = [
  { place: "before the commit", at: "drain.commit", when: "before" },
  { place: "after the commit", at: "drain.commit", when: "after" },
  { place: "after the first of two sends is written", at: "drain.insertOutgoing", when: "after" },
  { place: "before the message document", at: "drain.insertMessage", when: "before" },
  { place: "after it, before the lane is read", at: "lane.outgoing.readOpen", when: "before" },
  { place: "after that, before the journal part is closed", at: "drain.closePart", when: "before" },
  { place: "after the journal part is closed", at: "drain.closePart", when: "after" },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090020${index}` })))(
  "a worker killed $place: both replies leave once, in order",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);

    const said = await system.greenApi.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    expect(said.status).toBe(200);
    await system.greenApi.ledger.waitFor((each) => isSecond(each, from), 20_000);
    await eventually(expectSettled, 10_000);
    const later = await system.greenApi.customerSays({ from, text: "later" });
    await system.greenApi.ledger.waitFor((each) => isSecond(each, from, "later"), 10_000);
    expect(later.status).toBe(200);
    expect(textsTo(from)).toEqual(
      ["Hello", "later"].flatMap((text) => [`First to ${text}`, `Second to ${text}`]),
    );
  },
);

const isSecond = (entry: { to: string; text: string }, to: string, text = "Hello"): boolean =>
  entry.to === `${to}@c.us` && entry.text === `Second to ${text}`;

const textsTo = (to: string): readonly string[] =>
  system.greenApi.ledger.entries({ to }).map(({ text }) => text);

/** Nothing is left to do for anybody. */
async function expectSettled(): Promise<void> {
  const [journal, outgoing] = await Promise.all([
    system.readAll("webhooks"),
    system.readOutgoing(),
  ]);
  expect(journal.flatMap(({ pending }): unknown => pending)).toEqual([]);
  expect(outgoing.map(({ state }) => state).filter((state) => state !== "sent")).toEqual([]);
}
