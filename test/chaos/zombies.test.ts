import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0, chatrace: {} });
afterAll(system.stop);

interface Row extends Blow {
  readonly place: string;
  /** Which attempt brought the reply to the provider. */
  readonly attempt: number;
}

const rows: readonly Row[] = [
  { place: "before its commit", at: "drain.commit", when: "before", attempt: 1 },
  { place: "between commit and flush", at: "drain.commit", when: "after", attempt: 1 },
  { place: "between claim and call", at: "lane.outgoing.claim", when: "after", attempt: 2 },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090050${index}` })))(
  "a worker frozen $place until another took over changes nothing when it goes on",
  async ({ from, attempt, ...row }) => {
    const zombie = await startCrashingWorker(system, { ...row, signal: "SIGSTOP" });
    await system.greenApi.customerSays({ from, text: "Hello" });
    await zombie.line("struck");
    const other = await system.startWorker();
    onTestFinished(other.kill);
    await eventually(() => expectOutgoing(from, [{ state: "sent", attempt }]), 20_000);

    zombie.signal("SIGCONT");
    await other.stop();
    await system.greenApi.customerSays({ from, text: "later" });
    await eventually(
      () =>
        expectOutgoing(from, [
          { state: "sent", attempt },
          { state: "sent", attempt: 1 },
        ]),
      20_000,
    );

    expect(system.greenApi.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
    expect(await readConversation(from)).toMatchObject({ version: 2, outSequence: 2 });
  },
);

const { wazzup24, chatrace } = system;

test.each([
  { name: "Wazzup24", simulator: wazzup24, from: "447700900510", state: "sent", arrived: 1 },
  { name: "Chatrace", simulator: chatrace, from: "2850000000000000510", state: "held", arrived: 0 },
])(
  "$name: a worker frozen between claim and call sends nothing when it goes on: the reply is $state",
  async ({ simulator, from, state, arrived }) => {
    const blow = { at: "lane.outgoing.claim", when: "after", signal: "SIGSTOP" } as const;
    const zombie = await startCrashingWorker(system, blow);
    await simulator.customerSays({ from, text: "Hello" });
    await zombie.line("struck");
    const other = await system.startWorker();
    onTestFinished(other.kill);
    await eventually(() => expectOutgoing(from, [{ state, attempt: 1 }]), 20_000);

    zombie.signal("SIGCONT");
    await other.stop();
    await simulator.customerSays({ from, text: "later" });
    await eventually(
      () => expectOutgoing(from, [{ state, attempt: 1 }, { state: "sent" }]),
      20_000,
    );

    const texts = simulator.ledger.entries({ to: from }).map(({ text }) => text);
    expect(texts).toEqual(["Вы написали: Hello", "Вы написали: later"].slice(1 - arrived));
  },
);

async function expectOutgoing(from: string, expected: readonly object[]): Promise<void> {
  const all = await system.readOutgoing();
  const own = all.filter(({ peer }) => peer === from || peer === `${from}@c.us`);
  expect(own).toEqual(expected.map((each) => expect.objectContaining(each)));
}

const readConversation = async (from: string) =>
  (await system.readAll("conversations")).find(({ peer }) => peer === `${from}@c.us`);
