import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { shortTimes, startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0, chatrace: {} });
afterAll(system.stop);

interface Row extends Blow {
  readonly place: string;
}

const rows: readonly Row[] = [
  { place: "after the claim, before the call", at: "lane.http.ask", when: "before" },
  { place: "after the provider took it", at: "lane.http.ask", when: "after" },
  {
    place: "after its id, before the state",
    at: "lane.outgoing.settleSent",
    when: "before",
  },
  {
    place: "after the state, before the job ends",
    at: "lane.outgoing.settleSent",
    when: "after",
  },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090030${index}` })))(
  "Green API: a worker killed $place leaves one message at the provider",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);
    await system.greenApi.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expectStates(`${from}@c.us`, ["sent"]), 15_000);

    await system.greenApi.customerSays({ from, text: "later" });
    await eventually(() => expectStates(`${from}@c.us`, ["sent", "sent"]), 10_000);
    expect(system.greenApi.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
  },
);

test.each(rows.slice(1).map((row, index) => ({ ...row, from: `44770090031${index}` })))(
  "WhatsApp: a worker killed $place learns by receipt that it arrived",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);
    await system.whatsapp.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expectStates(from, ["sent"]), 15_000);

    await system.whatsapp.customerSays({ from, text: "later" });
    await eventually(() => expectStates(from, ["sent", "sent"]), 10_000);
    expect(system.whatsapp.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
  },
);

/** Wazzup24 is asked first how the channel is connected: the message is the second call. */
const atWazzup24 = rows.map((row) => (row.at === "lane.http.ask" ? { ...row, call: 2 } : row));

test.each(atWazzup24.map((row, index) => ({ ...row, from: `44770090034${index}` })))(
  "Wazzup24: a worker killed $place leaves one message at the provider",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);
    await system.wazzup24.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expectStates(from, ["sent"]), 15_000);

    await system.wazzup24.customerSays({ from, text: "later" });
    await eventually(() => expectStates(from, ["sent", "sent"]), 10_000);
    expect(system.wazzup24.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
  },
);

const ends = [
  { state: "held", arrived: 0 },
  { state: "held", arrived: 1 },
  { state: "held", arrived: 1 },
  { state: "sent", arrived: 1 },
];

test.each(
  rows.map((row, index) => ({ ...row, ...ends[index], from: `285000000000000030${index}` })),
)(
  "Chatrace: after a worker killed $place the reply is $state, and $arrived of it at the provider",
  async ({ from, state = "", arrived = 0, ...row }) => {
    const doomed = await startCrashingWorker(system, row);
    await system.chatrace.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await eventually(() => expectStates(from, [state]), 15_000);

    await system.chatrace.customerSays({ from, text: "later" });
    await eventually(() => expectStates(from, [state, "sent"]), 10_000);
    const texts = system.chatrace.ledger.entries({ to: from }).map(({ text }) => text);
    expect(texts).toEqual(["Вы написали: Hello", "Вы написали: later"].slice(1 - arrived));
    const [first] = await readOutgoingTo(from);
    expect(first?.sweepAt).toBeUndefined();
    const shown = (await system.readAll("alerts")).filter(({ subject }) => subject === first?._id);
    expect(shown.map(({ kind }): unknown => kind)).toEqual(state === "held" ? ["send.held"] : []);
  },
);

test("WhatsApp: a claim that never left is held, and repeated once when later receipts flow", async () => {
  const from = "447700900320";
  const doomed = await startCrashingWorker(system, { at: "lane.http.ask", when: "before" });
  await system.whatsapp.customerSays({ from, text: "Hello" });
  await doomed.exited;
  const successor = await system.startWorker();
  onTestFinished(successor.kill);

  await eventually(() => expectStates(from, ["held"]), 15_000);
  expect(system.whatsapp.ledger.entries({ to: from })).toEqual([]);
  await system.whatsapp.customerSays({ from: "447700900321", text: "a neighbour" });

  await eventually(() => expectStates(from, ["held", "sent"]), 15_000);
  expect(system.whatsapp.ledger.entries({ to: from })).toHaveLength(1);
});

test("WhatsApp without receipts: a send whose outcome is unknown is held and shown, never doubled", async () => {
  const from = "447700900330";
  system.whatsapp.switches.set({ statusesOff: true });
  onTestFinished(() => system.whatsapp.switches.set({ statusesOff: false }));
  const doomed = await startCrashingWorker(system, { at: "lane.http.ask", when: "after" });
  await system.whatsapp.customerSays({ from, text: "Hello" });
  await doomed.exited;
  const successor = await system.startWorker();
  onTestFinished(successor.kill);

  await eventually(() => expectStates(from, ["held"]), 15_000);
  await eventually(() => expectReconsidered(from), 15_000);

  expect(system.whatsapp.ledger.entries({ to: from })).toHaveLength(1);
  const [held] = await readOutgoingTo(from);
  expect(held?.reason).toMatch(/not known whether this message arrived/);
  expect(await system.readAll("alerts")).toContainEqual(
    expect.objectContaining({ kind: "send.held", subject: held?._id, channelId: "whatsapp" }),
  );
});

const readOutgoingTo = async (peer: string) =>
  (await system.readOutgoing()).filter((each) => each.peer === peer);

async function expectStates(peer: string, states: readonly string[]): Promise<void> {
  expect((await readOutgoingTo(peer)).map(({ state }) => state)).toEqual(states);
}

/** Looked at once more after the silence that would allow a repeat elsewhere. */
async function expectReconsidered(peer: string): Promise<void> {
  const [held] = await readOutgoingTo(peer);
  const silentUntil = (held?.unknownAt?.getTime() ?? 0) + Number(shortTimes["RECEIPT_SILENCE_MS"]);
  expect(held?.sweepAt?.getTime()).toBeGreaterThan(silentUntil);
}
