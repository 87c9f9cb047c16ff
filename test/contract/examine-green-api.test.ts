import { expect, test } from "vitest";
import type { Finding } from "../../src/shared/domain/finding.ts";
import greenApi from "../../src/shared/providers/green-api/index.ts";
import { examineWith, wanted } from "./examine.ts";

const now = new Date();
const switches = [
  "incomingWebhook",
  "outgoingWebhook",
  "outgoingMessageWebhook",
  "outgoingAPIMessageWebhook",
  "stateWebhook",
  "pollMessageWebhook",
  "incomingCallWebhook",
  "editedMessageWebhook",
  "deletedMessageWebhook",
];
const right = {
  webhookUrl: wanted.url,
  webhookUrlToken: wanted.secret,
  delaySendMessagesMilliseconds: 500,
  ...Object.fromEntries(switches.map((name) => [name, "yes"])),
};

interface Instance {
  readonly state: string;
  readonly settings: object;
  readonly status: number;
  readonly date: Date;
}
const healthy: Instance = { state: "authorized", settings: right, status: 200, date: now };

/** What the doctor finds where Green API answers as it is told. */
function examine(given: Partial<Instance> = {}): Promise<readonly Finding[]> {
  const { state, settings, status, date } = { ...healthy, ...given };
  return examineWith(greenApi, {
    externalId: "1101",
    now,
    answer: (path) => ({
      status,
      headers: { date: date.toUTCString() },
      body: path.includes("getSettings") ? settings : { stateInstance: state },
    }),
  });
}

test("an instance that is all right has nothing to mend", async () => {
  const findings = await examine();

  expect(findings.map(({ check, state }) => [check, state])).toEqual([
    ["token", "ok"],
    ["state", "ok"],
    ["clock", "ok"],
    ["settings", "ok"],
    ["delay", "ok"],
  ]);
});

test.for<[string, string, "warn" | "fail", Partial<Instance>]>([
  ["a phone that is not linked", "state", "fail", { state: "notAuthorized" }],
  ["a yellow card", "state", "fail", { state: "yellowCard" }],
  ["a start that is under way", "state", "warn", { state: "starting" }],
  ["a state that nobody knows", "state", "fail", { state: "strange" }],
  ["a foreign address", "settings", "fail", { settings: { ...right, webhookUrl: "https://x.y/" } }],
  ["a switch that is off", "settings", "warn", { settings: { ...right, stateWebhook: "no" } }],
  [
    "replies that leave slowly",
    "delay",
    "warn",
    { settings: { ...right, delaySendMessagesMilliseconds: 60_000 } },
  ],
  ["a clock that is wrong", "clock", "warn", { date: new Date(now.getTime() - 120_000) }],
])("%s is told, with what to do", async ([, check, state, given]) => {
  const findings = await examine(given);

  const finding = findings.find((each) => each.check === check);
  expect(finding).toMatchObject({ state, fix: expect.stringMatching(/\w/) });
});

test("a refused token is one finding", async () => {
  expect(await examine({ status: 401 })).toMatchObject([{ check: "token", state: "fail" }]);
});

test("a wrong secret at the provider is told without saying it", async () => {
  const findings = await examine({ settings: { ...right, webhookUrlToken: "theirs" } });

  expect(findings).toContainEqual(expect.objectContaining({ check: "settings", state: "fail" }));
  expect(JSON.stringify(findings)).not.toMatch(/theirs|hook-secret/);
});
