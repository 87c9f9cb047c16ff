import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingApi } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

interface Row extends Blow {
  readonly place: string;
  readonly accept: "journal" | "queue";
  /** What the provider hears of its first attempt. */
  readonly status: number;
  /** Journal entries in the end: a repeated webhook is one more. */
  readonly entries: number;
}

const rows: readonly Row[] = [
  {
    accept: "journal",
    place: "before the journal has it",
    at: "webhooks.insertMany",
    when: "before",
    status: 0,
    entries: 1,
  },
  {
    accept: "journal",
    place: "when the journal has it, before the answer",
    at: "webhooks.insertMany",
    when: "after",
    status: 0,
    entries: 2,
  },
  {
    accept: "journal",
    place: "after the answer, before the wake",
    at: "conversations.addBulk",
    when: "before",
    status: 200,
    entries: 1,
  },
  {
    accept: "queue",
    place: "before the queue has it",
    at: "webhooks.addBulk",
    when: "before",
    status: 0,
    entries: 1,
  },
  {
    accept: "queue",
    place: "when the queue has it, before the answer",
    at: "webhooks.addBulk",
    when: "after",
    status: 0,
    entries: 2,
  },
];

const system = await startSystem();
afterAll(system.stop);

test.each(rows.map((row, index) => ({ ...row, from: `44770090040${index}` })))(
  "ACCEPT=$accept, an API killed $place: the message is answered once",
  async (row) => {
    const { from, accept } = row;
    const accepting = { ...system, settings: { ...system.settings, ACCEPT: accept } };
    const doomed = await startCrashingApi(accepting, row);

    const said = await system.whatsapp.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startApi({ ACCEPT: accept, PORT: String(doomed.port) });
    onTestFinished(successor.kill);

    expect(said.status).toBe(row.status);
    await eventually(() => expectClosedEntries(from, row.entries), 15_000);
    await system.whatsapp.customerSays({ from, text: "later" });
    await system.whatsapp.ledger.waitFor((each) => each.to === from && each.text.endsWith("later"));
    expect(system.whatsapp.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
  },
);

/** A repeat may come after the answer: only when all are closed is anything decided. */
async function expectClosedEntries(from: string, count: number): Promise<void> {
  const journal = await system.readAll("webhooks");
  const own = journal.filter(({ raw }) => String(raw).includes(`"wa_id":"${from}"`));
  const messages = own.filter(({ raw }) => String(raw).includes('"messages"'));
  expect(messages.map(({ pending }): unknown => pending)).toEqual(
    Array.from({ length: count }, () => []),
  );
}
