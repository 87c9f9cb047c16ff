import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { publishBookingBot } from "../support/booking-bot.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0 });
afterAll(system.stop);
await publishBookingBot(system);

interface Row extends Blow {
  readonly place: string;
}

const rows: readonly Row[] = [
  { place: "after the contact is tagged", at: "drain.applyContact", when: "after" },
  { place: "after the deal is written", at: "drain.openDeal", when: "after" },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090030${index}` })))(
  "a worker killed $place: one deal, one tag, the farewell leaves and a person has the chat",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);

    await system.greenApi.customerSays({ from, text: `cut ${from}` });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    const isFarewell = ({ to }: { to: string }): boolean => to === `${from}@c.us`;
    await system.greenApi.ledger.waitFor(isFarewell, 20_000);
    await eventually(expectDone, 10_000);
    const ofThis = { contactId: `green|${from}@c.us` };
    const deals = await system.database.collection("deals").find(ofThis).toArray();
    expect(deals).toMatchObject([{ title: `cut ${from}`, status: "open", currency: "RUB" }]);
    expect(await findById("contacts", ofThis.contactId)).toMatchObject({ tags: ["booked"] });
    expect(await findById("conversations", deals[0]?.["conversationId"])).toMatchObject({
      mode: "operator",
      contact: { tags: ["booked"] },
      unread: 1,
    });
    expect(system.greenApi.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      `Booked cut ${from}`,
    ]);
  },
);

const findById = async (collection: string, id: unknown) =>
  (await system.readAll(collection)).find(({ _id }) => String(_id) === id);

/** Nothing is left to do for anybody. */
async function expectDone(): Promise<void> {
  const [journal, outgoing] = await Promise.all([
    system.readAll("webhooks"),
    system.readOutgoing(),
  ]);
  expect(journal.flatMap(({ pending }): unknown => pending)).toEqual([]);
  expect(outgoing.map(({ state }) => state).filter((state) => state !== "sent")).toEqual([]);
}
