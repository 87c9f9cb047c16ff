import { afterAll, expect, test } from "vitest";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { findFreePort } from "../support/free-port.ts";
import { startSystem } from "../support/system.ts";

const times = { HEAL_EVERY_MS: "600", HEAL_AFTER_MS: "2000" };
const ops = { OPS_PASSWORD: "ops-password" };
const system = await startSystem({ workers: 0, settings: { ...times, ...ops } });
afterAll(system.stop);
const { greenApi: green } = system;
const ports = [await findFreePort(), await findFreePort()];
let workers = await Promise.all(
  ports.map((port) => system.startWorker({ WORKER_PORT: String(port) })),
);

const textsTo = (to: string): readonly string[] =>
  green.ledger.entries({ to }).map(({ text }) => text);

const readMark = async () => system.models.channelMarks.read("green");

const readMessages = async (from: string) =>
  (await system.readAll("messages")).filter(
    ({ senderId, direction }) => direction === "in" && senderId === `${from}@c.us`,
  );

const waitForReply = (to: string, text: string) =>
  green.ledger.waitFor(
    (entry) => entry.to.startsWith(to) && entry.text === `Вы написали: ${text}`,
    30_000,
  );

/** A look that began after now has ended. */
const waitForLook = async (): Promise<void> => {
  const before = (await readMark())?.healedTo;
  await eventually(async () => {
    const mark = await readMark();
    expect(mark?.healedTo).toBeInstanceOf(Date);
    expect(mark?.healedTo).not.toEqual(before);
  }, 30_000);
};

const countBackfilled = async (): Promise<number> => {
  const authorization = `Basic ${Buffer.from("admin:ops-password").toString("base64")}`;
  const pages = await Promise.all(
    ports.map(async (port) => {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
        headers: { authorization },
      });
      return answer.text();
    }),
  );
  const counts = pages.map(
    (page) => /switchboard_backfilled_total\{[^}]*\} (\d+)/.exec(page)?.[1] ?? "0",
  );
  return counts.reduce((sum, count) => sum + Number(count), 0);
};

const readGap = async () =>
  (await system.readAll("alerts")).find(({ kind }) => kind === "channel.gap");

const ago = (ms: number): number => Math.floor((Date.now() - ms) / 1000);

/** A healed message waits for 2 s, and may wait for another look. */
const patienceMs = 60_000;

test(
  "messages whose webhooks were lost are found by one of two workers, answered once, counted and told",
  async () => {
    const from = "447700900301";
    await green.customerSays({ from, text: "came" });
    await waitForReply(from, "came");
    await waitForLook();
    expect(await readGap()).toBeUndefined();

    green.switches.set({ loseWebhooks: true });
    await green.customerSays({ from, text: "lost one" });
    await green.customerSays({ from, text: "lost two" });
    green.switches.set({ loseWebhooks: false });
    await waitForReply(from, "lost two");
    await waitForLook();
    await waitForLook();

    expect(textsTo(from)).toEqual(
      ["came", "lost one", "lost two"].map((text) => `Вы написали: ${text}`),
    );
    const messages = await readMessages(from);
    expect(messages.map(({ text, backfilled }) => [text, backfilled])).toEqual(
      expect.arrayContaining([
        ["came", undefined],
        ["lost one", true],
        ["lost two", true],
      ]),
    );
    expect(await countBackfilled()).toBe(2);
    expect(await readGap()).toMatchObject({
      subject: "green",
      text: expect.stringMatching(/^\d messages? had not arrived/),
    });
  },
  patienceMs,
);

test(
  "a lost message that comes later after all is not answered twice",
  async () => {
    const from = "447700900302";
    green.switches.set({ loseWebhooks: true });
    const { messageId } = await green.customerSays({ from, text: "twice" });
    green.switches.set({ loseWebhooks: false });
    await waitForReply(from, "twice");

    await green.customerSays({ from, text: "twice", messageId });
    await green.customerSays({ from, text: "next" });
    await waitForReply(from, "next");

    expect(textsTo(from)).toEqual(["Вы написали: twice", "Вы написали: next"]);
    expect(await readMessages(from)).toHaveLength(2);
  },
  patienceMs,
);

test(
  "what was missing for hours, or past a younger message, is kept for a person and not answered",
  async () => {
    const [old, overtaken] = ["447700900303", "447700900304"];
    for (const worker of workers) await worker.stop();
    green.switches.set({ loseWebhooks: true });
    await green.customerSays({ from: old, text: "hours ago", timestamp: ago(3_600_000) });
    await green.customerSays({ from: overtaken, text: "earlier", timestamp: ago(60_000) });
    green.switches.set({ loseWebhooks: false });
    await system.database
      .collection<{ _id: string }>("channel_marks")
      .updateOne({ _id: "green" }, { $set: { healedTo: new Date(Date.now() - 7_200_000) } });

    await green.customerSays({ from: overtaken, text: "younger" });
    workers = [await system.startWorker()];
    await waitForReply(overtaken, "younger");
    await eventually(async () => {
      expect(await readMessages(old)).toMatchObject([{ text: "hours ago", backfilled: true }]);
      expect(await readMessages(overtaken)).toHaveLength(2);
    }, 30_000);
    await green.customerSays({ from: old, text: "again" });
    await waitForReply(old, "again");

    expect(textsTo(old)).toEqual(["Вы написали: again"]);
    expect(textsTo(overtaken)).toEqual(["Вы написали: younger"]);
    const conversations = await system.readAll("conversations");
    expect(conversations.find(({ peer }) => peer === `${old}@c.us`)).toMatchObject({ unread: 2 });
  },
  patienceMs,
);

test(
  "a worker that was frozen while it took a message in changes nothing when it goes on",
  async () => {
    const from = "447700900305";
    await Promise.all(workers.map((worker) => worker.stop()));
    const before = await readGap();
    green.switches.set({ loseWebhooks: true });
    await green.customerSays({ from, text: "frozen" });
    green.switches.set({ loseWebhooks: false });

    const at = "models.webhooks.insert";
    const frozen = await startCrashingWorker(system, { at, when: "before", signal: "SIGSTOP" });
    await frozen.line("struck", 30_000);
    workers = [await system.startWorker()];
    await waitForReply(from, "frozen");
    frozen.signal("SIGCONT");
    await waitForLook();
    await green.customerSays({ from, text: "after" });
    await waitForReply(from, "after");

    expect(textsTo(from)).toEqual(["Вы написали: frozen", "Вы написали: after"]);
    expect((await readGap())?.["count"]).toBe(before?.["count"] + 1);
  },
  patienceMs,
);
