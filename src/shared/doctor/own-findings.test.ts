import { expect, test } from "vitest";
import { ownFindings, type ChannelFacts } from "#shared/doctor/own-findings.ts";
import type { Finding } from "#shared/domain/finding.ts";
import chatrace from "#shared/providers/chatrace/index.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import whatsapp from "#shared/providers/whatsapp-cloud/index.ts";

const now = new Date("2026-11-21T12:00:00Z");
const hour = 3_600_000;
const ago = (hours: number): Date => new Date(now.getTime() - hours * hour);

/** A channel that is all right, but for what is given. */
const factsOf = (
  channel: Partial<ChannelFacts["channel"]> = {},
  facts: Partial<ChannelFacts> = {},
): ChannelFacts => ({
  provider: whatsapp,
  hasSecret: true,
  mark: { webhookAt: ago(1), provenAt: ago(1) },
  heardAt: [1, 2, 3, 4, 9].map((hours) => ago(hours)),
  healEveryMs: 600_000,
  now,
  ...facts,
  channel: {
    _id: "salon",
    schemaVersion: 1,
    tenantId: "tenant",
    provider: "whatsapp-cloud",
    name: "Salon",
    key: "salon-key",
    externalId: "1",
    active: true,
    botId: "bot",
    token: "token",
    secrets: ["secret"],
    allowFrom: [],
    unknownPolicy: "evidence",
    resendFailed: true,
    answerGroups: false,
    windowTemplate: { name: "hello", language: "en" },
    updatedAt: now,
    ...channel,
  },
});

const find = (facts: ChannelFacts, check: string): Finding | undefined =>
  ownFindings(facts).find((finding) => finding.check === check);

test("a channel that is all right has nothing to mend", () => {
  const findings = ownFindings(factsOf());

  expect(findings.map(({ check }) => check)).toEqual([
    "sending",
    "bot",
    "secret",
    "signature",
    "silence",
    "window",
    "limits",
  ]);
  expect(findings.filter(({ state, fix }) => state !== "ok" || fix !== undefined)).toEqual([]);
});

test.for<[string, string, "warn" | "fail", ChannelFacts]>([
  ["a pause", "sending", "fail", factsOf({ paused: { code: "190", reason: "expired", at: now } })],
  ["a bot that is off", "bot", "warn", factsOf({ active: false })],
  ["no secret at all", "secret", "fail", factsOf({ secrets: [] }, { hasSecret: false })],
  ["a door open to all", "secret", "fail", factsOf({ secrets: [], open: "anywhere" })],
  ["no webhook ever", "signature", "warn", factsOf({}, { mark: {} })],
  [
    "webhooks that stopped proving",
    "signature",
    "warn",
    factsOf({}, { mark: { webhookAt: ago(1), provenAt: ago(24 * 8) } }),
  ],
  [
    "a longer silence than usual",
    "silence",
    "warn",
    factsOf({}, { heardAt: [11, 12, 13, 14, 19].map((hours) => ago(hours)) }),
  ],
  ["more than the provider takes", "limits", "warn", factsOf({ perSecond: 500 })],
])("%s is told, with what to do", ([, check, state, facts]) => {
  const finding = find(facts, check);

  expect(finding).toMatchObject({ state, says: expect.stringMatching(/\.$/) });
  expect(finding?.fix).toMatch(/\w/);
});

const polled = (facts: Partial<ChannelFacts>): ChannelFacts =>
  factsOf({ delivery: "polling" }, { provider: chatrace, mark: {}, ...facts });
const failing = {
  failures: 3,
  failingSince: ago(2),
  reason: "none of /messages/get gives messages",
  advice: "Ask Chatrace's support for the address.",
};

test("messages that are fetched need no webhook", () => {
  const findings = ownFindings(polled({ poll: { failures: 0, answeredAt: now } }));

  expect(findings).toContainEqual(expect.objectContaining({ check: "polling", state: "ok" }));
  expect(findings.map(({ check }) => check)).not.toContain("signature");
});

test("fetching that fails is told with what the provider's part advises", () => {
  const finding = find(polled({ poll: failing }), "polling");

  expect(finding).toMatchObject({ state: "fail", fix: failing.advice });
  expect(finding?.says).toContain(failing.reason);
});

test.for<[string, ChannelFacts]>([
  ["never", polled({})],
  ["for hours", polled({ poll: { failures: 0, answeredAt: ago(3) } })],
])("messages that nobody fetched %s are told", ([, facts]) => {
  expect(find(facts, "polling")).toMatchObject({ state: "warn" });
});

test("a night is no silence where nights are usual", () => {
  const heardAt = [10, 11, 12, 13, 22].map((hours) => ago(hours));

  expect(find(factsOf({}, { heardAt }), "silence")).toMatchObject({ state: "ok" });
});

test("a polled channel needs neither a secret nor a webhook", () => {
  const facts = factsOf({ delivery: "polling", secrets: [] }, { hasSecret: false, mark: {} });

  expect(find(facts, "secret")).toMatchObject({ state: "ok" });
  expect(find(facts, "signature")).toBeUndefined();
  expect(
    find(factsOf({ delivery: "polling", open: "anywhere", secrets: [] }), "secret"),
  ).toMatchObject({ state: "fail" });
});

const compared = (healedTo: Date | undefined, facts: Partial<ChannelFacts> = {}) => {
  const mark = healedTo === undefined ? {} : { healedTo };
  return find(factsOf({}, { provider: greenApi, mark, ...facts }), "history")?.state;
};

test("a record at the provider that nobody compares is told, where it shall be compared", () => {
  expect(compared(ago(1))).toBe("ok");
  expect(compared(ago(2))).toBe("warn");
  expect(compared(undefined)).toBeUndefined();
  expect(compared(ago(2), { healEveryMs: 0 })).toBeUndefined();
  expect(compared(ago(2), { provider: whatsapp })).toBeUndefined();
});
