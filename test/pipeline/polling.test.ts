import { afterAll, expect, test } from "vitest";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import type { TestProcess } from "../support/processes.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({
  workers: 2,
  chatrace: { delivery: "polling", pollEveryMs: 1000 },
});
afterAll(system.stop);
const { chatrace } = system;

const textsTo = (to: string): readonly string[] =>
  chatrace.ledger.entries({ to }).map(({ text }) => text);

const readPoll = async () => (await system.readAll("polls"))[0];

test("what is fetched is answered once, however long the list goes on to show it", async () => {
  const from = "2850000000000000001";

  await chatrace.customerSays({ from, text: "one" });
  await chatrace.ledger.waitFor(({ to }) => to === from, 30_000);
  const asked = chatrace.inbox.asked;
  await eventually(() => expect(chatrace.inbox.asked).toBeGreaterThan(asked + 1), 30_000);
  await chatrace.customerSays({ from, text: "two" });
  await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("two"), 30_000);

  expect(textsTo(from)).toEqual(["Вы написали: one", "Вы написали: two"]);
});

test("of two workers one fetches, and says so in the documented words", async () => {
  const count = (event: string): number =>
    system.workers.flatMap(({ lines }) => lines).filter((line) => line["event"] === event).length;

  await eventually(async () => {
    expect(count("poll.started") - count("poll.stopped")).toBe(1);
    expect(await readPoll()).toMatchObject({ fence: count("poll.started") });
  }, 30_000);

  const said = system.workers.flatMap(({ text }) => text).join("\n");
  expect(said).toContain("Starting Instagram message polling");
});

test("messages without ids are told apart, and the same words twice are two messages", async () => {
  const from = "2850000000000000002";
  chatrace.switches.set({ listsIds: false });

  await chatrace.customerSays({ from, text: "да", timestamp: seconds() });
  await chatrace.customerSays({ from, text: "да", timestamp: seconds() + 1 });
  await chatrace.ledger.waitFor(({ to }) => to === from, 30_000);
  await eventually(() => expect(textsTo(from)).toHaveLength(2), 30_000);
  chatrace.switches.set({ listsIds: true });

  expect(textsTo(from)).toEqual(["Вы написали: да", "Вы написали: да"]);
});

const seconds = (): number => Math.floor(Date.now() / 1000);

test("where no path gives messages a person is told, and what came meanwhile is fetched afterwards", async () => {
  const from = "2850000000000000003";
  chatrace.switches.set({ pollPath: "none" });
  await eventually(async () => {
    const alerts = await system.readAll("alerts");
    expect(alerts).toContainEqual(
      expect.objectContaining({
        kind: "poll.failing",
        text: expect.stringContaining("/messages/receive"),
      }),
    );
  }, 30_000);
  await eventually(async () => {
    const poll = await system.models.polls.findOf("tenant", "chatrace");
    expect(poll?.health).toMatchObject({
      reason: expect.stringContaining("/messages/receive"),
      advice: expect.stringContaining("support"),
    });
  }, 10_000);

  await chatrace.customerSays({ from, text: "hello?" });
  chatrace.switches.set({ pollPath: "/messages/get" });

  await chatrace.ledger.waitFor(({ to }) => to === from, 30_000);
  expect(textsTo(from)).toEqual(["Вы написали: hello?"]);
  expect(await system.readAll("alerts")).toMatchObject([{ endedAt: expect.any(Date) }]);
});

/** Stops and starts processes, and waits for a lease to end. */
const startsProcessesMs = 90_000;
let successor: TestProcess | undefined;

test(
  "a worker killed between storing and advancing: nothing is lost, nothing is doubled",
  async () => {
    for (const worker of system.workers) await worker.stop();
    const from = "2850000000000000004";
    await chatrace.customerSays({ from, text: "before" });
    const at = "models.polls.advance";

    const doomed = await startCrashingWorker(system, { at, when: "before" });
    await doomed.exited;
    successor = await system.startWorker();

    await chatrace.customerSays({ from, text: "after" });
    await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("after"), 30_000);
    const outgoing = (await system.readOutgoing()).filter(({ peer }) => peer === from);
    expect(outgoing.map(({ command }) => command)).toEqual([
      { type: "text", text: "Вы написали: before" },
      { type: "text", text: "Вы написали: after" },
    ]);
  },
  startsProcessesMs,
);

test(
  "a worker frozen beyond its lease changes nothing when it goes on",
  async () => {
    const before = await readPoll();
    await successor?.stop();
    const from = "2850000000000000005";
    await chatrace.customerSays({ from, text: "frozen" });

    const at = "models.webhooks.insert";
    const frozen = await startCrashingWorker(system, { at, when: "before", signal: "SIGSTOP" });
    await frozen.line("struck");
    await system.startWorker();
    await chatrace.ledger.waitFor(({ to }) => to === from, 30_000);
    frozen.signal("SIGCONT");
    await frozen.line("poll.stopped", 30_000);

    await chatrace.customerSays({ from, text: "later" });
    await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("later"), 30_000);
    expect(textsTo(from)).toEqual(["Вы написали: frozen", "Вы написали: later"]);
    const poll = await readPoll();
    expect(poll?.["fence"]).toBeGreaterThan(before?.["fence"] + 1);
  },
  startsProcessesMs,
);

test("the setting takes effect at run time", async () => {
  await system.models.channels.update("chatrace", { delivery: "webhook" });
  await eventually(async () => {
    const until: unknown = (await readPoll())?.["leaseUntil"];
    expect(until).toEqual(new Date(0));
  }, 30_000);
});
