import { expect, test } from "vitest";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { passGate } from "#workers/lanes/gate.ts";

const hourMs = 3_600_000;
const windowMs = 24 * hourMs;
const now = Date.parse("2026-11-21T12:00:00Z");
const ago = (hours: number): Date => new Date(now - hours * hourMs);

const channel: OpenChannel = {
  _id: "channel",
  schemaVersion: 1,
  tenantId: "tenant",
  provider: "whatsapp-cloud",
  name: "a channel",
  key: "channel",
  externalId: "1",
  active: true,
  allowFrom: [],
  unknownPolicy: "evidence",
  resendFailed: true,
  answerGroups: false,
  updatedAt: ago(0),
  token: "",
  secrets: [],
};
const text = { type: "text", text: "hello" } as const;
const template = { type: "template", name: "come_back", language: "ru" } as const;
const windowTemplate = { name: "come_back", language: "ru" };

interface Case {
  readonly channel?: Partial<OpenChannel>;
  readonly send?: Partial<Outgoing>;
  /** When the customer wrote last, by now. */
  readonly heardAt?: Date;
}

const pass = (given: Case) => {
  const outgoing: Outgoing = {
    _id: "conversation|replies|0000000001",
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "channel",
    conversationId: "conversation",
    lane: "replies",
    sequence: 1,
    peer: "79001234567",
    command: text,
    origin: "bot",
    causedBy: "message",
    state: "queued",
    attempt: 0,
    createdAt: ago(0),
    ...given.send,
  };
  const ports = { now: () => now, lastInboundAt: async () => given.heardAt };
  return passGate(ports, outgoing, { ...channel, ...given.channel }, windowMs);
};

test("nothing passes while the channel is paused or off", async () => {
  const paused = { code: "190", reason: "a test", at: ago(1) };

  expect(await pass({ channel: { paused } })).toMatchObject({ kind: "wait" });
  expect(await pass({ channel: { active: false } })).toMatchObject({ kind: "wait" });
});

test("inside the window, and where there is none, words pass as they are", async () => {
  expect(await pass({})).toEqual({ kind: "pass", command: text });
  expect(await pass({ send: { windowUntil: ago(-1) } })).toEqual({ kind: "pass", command: text });
});

test("the customer's later message opens the window for its whole length", async () => {
  const send = { windowUntil: ago(30), createdAt: ago(31) };

  expect(await pass({ send, heardAt: ago(23) })).toEqual({ kind: "pass", command: text });
  expect(await pass({ send, heardAt: ago(25) })).toMatchObject({ kind: "parked" });
});

test("outside the window the channel's template goes in the words' place", async () => {
  const send = { windowUntil: ago(1) };

  expect(await pass({ send, channel: { windowTemplate } })).toEqual({
    kind: "pass",
    command: template,
  });
  expect(await pass({ send: { ...send, command: template } })).toEqual({
    kind: "pass",
    command: template,
  });
});
