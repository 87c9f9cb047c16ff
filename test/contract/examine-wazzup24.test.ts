import { expect, test } from "vitest";
import type { Finding } from "../../src/shared/domain/finding.ts";
import wazzup from "../../src/shared/providers/wazzup24/index.ts";
import { examineWith, wanted } from "./examine.ts";

const now = new Date();
const channelId = "11111111-1111-4111-8111-111111111111";

interface Account {
  readonly channels: unknown;
  readonly webhooks: object;
  readonly status: number;
  readonly date: Date;
}
const channelIn = (state: string) => ({ channels: [{ channelId, transport: "wapi", state }] });
const subscriptions = { messagesAndStatuses: true, channelsUpdates: true };
const ours = `${wanted.url}?secret=hook-secret`;
const healthy: Account = {
  ...channelIn("active"),
  webhooks: { webhooksUri: ours, subscriptions },
  status: 200,
  date: now,
};

/** What the doctor finds where Wazzup answers as it is told. */
function examine(given: Partial<Account> = {}): Promise<readonly Finding[]> {
  const { channels, webhooks, status, date } = { ...healthy, ...given };
  return examineWith(wazzup, {
    externalId: channelId,
    now,
    answer: (path) => ({
      status,
      headers: { date: date.toUTCString() },
      body: path.endsWith("/channels") ? channels : webhooks,
    }),
  });
}

test("an account that is all right has nothing to mend, and its secret stays out", async () => {
  const findings = await examine();

  expect(findings.map(({ check, state }) => [check, state])).toEqual([
    ["token", "ok"],
    ["state", "ok"],
    ["clock", "ok"],
    ["webhook", "ok"],
  ]);
  expect(JSON.stringify(findings)).not.toContain("secret");
});

const subscribedTo = (changed: object) => ({
  webhooks: { webhooksUri: ours, subscriptions: { ...subscriptions, ...changed } },
});

test.for<[string, string, "warn" | "fail", Partial<Account>]>([
  ["a channel that is not paid", "state", "fail", channelIn("notEnoughMoney")],
  ["a phone that wants a code", "state", "fail", channelIn("qr")],
  ["a channel that starts", "state", "warn", channelIn("init")],
  ["a channel of another account", "state", "fail", { channels: [] }],
  ["no webhook", "webhook", "fail", { webhooks: { webhooksUri: "" } }],
  ["a foreign webhook", "webhook", "fail", { webhooks: { webhooksUri: "https://x.y/?key=1" } }],
  ["no messages", "webhook", "fail", subscribedTo({ messagesAndStatuses: false })],
  ["no news of the channel", "webhook", "warn", subscribedTo({ channelsUpdates: false })],
  ["a clock that is wrong", "clock", "warn", { date: new Date(now.getTime() - 120_000) }],
])("%s is told, with what to do", async ([, check, state, given]) => {
  const findings = await examine(given);

  const finding = findings.find((each) => each.check === check);
  expect(finding).toMatchObject({ state, fix: expect.stringMatching(/\w/) });
});

test("a refused key is one finding", async () => {
  expect(await examine({ status: 401 })).toMatchObject([{ check: "token", state: "fail" }]);
});

test("an answer that is no list says nothing against the key", async () => {
  expect(await examine({ channels: "<html>" })).toMatchObject([{ check: "token", state: "warn" }]);
});
