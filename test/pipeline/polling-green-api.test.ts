import { afterAll, expect, test } from "vitest";
import { rankNumber } from "#shared/domain/outcome.ts";
import { runCli } from "../cli/run-cli.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import type { TestProcess } from "../support/processes.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({
  workers: 2,
  greenApi: { delivery: "polling", secrets: ["hook-secret"] },
  greenApiSimulator: { pollSecondMs: 50, echo: true, webhookToken: "hook-secret" },
});
afterAll(system.stop);
const { greenApi: green } = system;
let workers: readonly TestProcess[] = system.workers;

const textsTo = (to: string): readonly string[] =>
  green.ledger.entries({ to }).map(({ text }) => text);

const waitForReply = (to: string, text: string) =>
  green.ledger.waitFor(
    (entry) => entry.to.startsWith(to) && entry.text === `Вы написали: ${text}`,
    30_000,
  );

/** They are the last in Green API's queue. */
const waitForReceipts = () =>
  eventually(async () => {
    const ranks = (await system.readOutgoing()).map(({ rank }) => rank);
    expect(new Set(ranks)).toEqual(new Set([rankNumber.delivered]));
  }, 30_000);

test("a customer is answered and the receipts come in, without one webhook", async () => {
  const from = "447700900201";

  await green.customerSays({ from, text: "one" });
  await green.customerSays({ from, text: "two" });
  await waitForReply(from, "two");

  expect(textsTo(from)).toEqual(["Вы написали: one", "Вы написали: two"]);
  await waitForReceipts();
  const webhooks = await system.readAll("webhooks");
  expect(new Set(webhooks.map(({ source }) => source))).toEqual(new Set(["poll"]));
});

test("the phone page is answered on a polled channel", async () => {
  const answer = await fetch(`${green.url}/_simulator/say`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ from: "447700900206", text: "by phone", waitMs: 10_000 }),
  });

  expect(await answer.json()).toMatchObject({ replies: [{ text: "Вы написали: by phone" }] });
});

test("polling is switched to webhooks and back while customers write: each is answered once", async () => {
  const from = "447700900202";
  const said: string[] = [];
  const saySome = (count: number): void => {
    for (let n = 0; n < count; n += 1) {
      const text = `message ${String(said.length).padStart(3, "0")}`;
      said.push(text);
      void green.customerSays({ from, text });
    }
  };
  const switchTo = async (delivery: string): Promise<string> => {
    const args = ["channel", "set", "green", "--delivery", delivery];
    const env = { ...system.settings, PUBLIC_URL: system.api.url };
    const switching = runCli(args, { env });
    const timer = setInterval(saySome, 300, 1);
    const { out, err } = await switching.finally(() => clearInterval(timer));
    return out + err;
  };

  saySome(5);
  const toWebhook = await switchTo("webhook");
  saySome(5);
  const toPolling = await switchTo("polling");
  saySome(5);
  await eventually(() => expect(textsTo(from)).toHaveLength(said.length), 30_000);
  await green.customerSays({ from, text: "the last" });
  await waitForReply(from, "the last");

  expect([toWebhook, toPolling]).toEqual([
    expect.stringContaining("5 minutes"),
    expect.stringContaining("5 minutes"),
  ]);
  expect(said.length).toBeGreaterThan(15);
  // Both ways lead in at once here; at Green API the instance restarts in between.
  expect(textsTo(from).toSorted()).toEqual(
    [...said, "the last"].map((text) => `Вы написали: ${text}`),
  );
  const sources = (await system.readAll("webhooks")).map(({ source }) => source);
  expect(sources).toEqual(expect.arrayContaining(["poll", "webhook"]));
}, 60_000);

test.each([
  ["before", "447700900203"],
  ["after", "447700900204"],
] as const)(
  "a worker killed right %s it stores a notification: one reply",
  async (when, from) => {
    await waitForReceipts();
    await Promise.all(workers.map((worker) => worker.stop()));
    await green.customerSays({ from, text: "first" });

    const at = "models.webhooks.insert";
    const doomed = await startCrashingWorker(system, { at, when });
    await doomed.exited;
    workers = [await system.startWorker()];
    await green.customerSays({ from, text: "second" });
    await waitForReply(from, "second");

    expect(textsTo(from)).toEqual(["Вы написали: first", "Вы написали: second"]);
    const bodies = (await system.readAll("webhooks")).map(({ raw }) => String(raw));
    const stored = bodies.filter(
      (body) => body.includes(from) && body.includes('Message":"first"'),
    );
    expect(stored).toHaveLength(1);
  },
  90_000,
);

test("while Green API still posts nothing is fetched, a person is told how to change that, until webhooks are wanted", async () => {
  const from = "447700900205";
  green.pointWebhooksAt(`${system.api.url}/webhook`);

  await green.customerSays({ from, text: "posted" });
  await waitForReply(from, "posted");

  expect(textsTo(from)).toEqual(["Вы написали: posted"]);
  await eventually(async () => {
    const [poll] = await system.readAll("polls");
    expect(poll?.["health"]).toMatchObject({
      reason: expect.stringContaining("--apply-settings"),
    });
  }, 30_000);

  await system.models.channels.update("green", { delivery: "webhook" });
  await eventually(async () => {
    const [poll] = await system.readAll("polls");
    expect(poll).toMatchObject({ leaseUntil: new Date(0), health: { failures: 0 } });
  }, 30_000);
});
