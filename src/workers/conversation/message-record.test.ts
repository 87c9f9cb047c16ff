import { expect, test } from "vitest";
import { recordOf } from "#workers/conversation/message-record.ts";
import { buildCandidate, buildConversation, noon } from "#workers/conversation/test-turns.ts";

const later = noon + 60_000;
const conversation = buildConversation({ lastSentAt: new Date(noon) });
const at = (ms: number): string => new Date(ms).toISOString();

test("a message keeps what was said, by whom and when", () => {
  const candidate = buildCandidate({ text: "hi", payload: "b1", replyTo: "m0" });

  expect(recordOf({ conversation: buildConversation(), candidate, now: later })).toEqual({
    _id: "channel|message|m1",
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "channel",
    conversationId: "conversation",
    webhookId: "01",
    kind: "message",
    state: "applied",
    direction: "in",
    type: "text",
    text: "hi",
    payload: "b1",
    replyTo: "m0",
    senderId: "79001234567",
    providerMessageId: "m1",
    sentAt: new Date(noon),
    arrivedAt: new Date(noon),
    appliedAt: new Date(later),
  });
});

test("what is older than the youngest applied, or took the second way, is late", () => {
  const older = buildCandidate({ at: at(noon - 1000) });
  const same = buildCandidate({ at: at(noon) });
  const around = buildCandidate({ at: at(later) }, { late: true });

  const late = [older, same, around].map(
    (candidate) => recordOf({ conversation, candidate, now: later }).late,
  );

  expect(late).toEqual([true, undefined, true]);
});

test("of two messages of one second the one that was accepted first is late after the other", () => {
  const inOneSecond = buildConversation({ lastSentAt: new Date(noon), lastSentIn: "02" });
  const earlier = buildCandidate({ at: at(noon) }, { _id: "01" });
  const next = buildCandidate({ at: at(noon) }, { _id: "03" });
  const sameBody = buildCandidate({ at: at(noon) }, { _id: "02" }, 1);

  const late = [earlier, next, sameBody].map(
    (candidate) => recordOf({ conversation: inOneSecond, candidate, now: later }).late,
  );

  expect(late).toEqual([true, undefined, undefined]);
});

test("a message that was set aside says why", () => {
  const candidate = buildCandidate();
  const record = { conversation, candidate, now: later };

  expect(recordOf(record, { dead: "it threw" })).toMatchObject({
    state: "dead",
    reason: "it threw",
  });
  expect(recordOf(record, { ignored: "too late" })).toMatchObject({
    state: "ignored",
    reason: "too late",
  });
});

test("a message keeps the place and the cards that it shows", () => {
  const location = { latitude: 51.5, longitude: -0.12, name: "Plaza" };
  const contacts = [{ name: "Bob", phones: ["+447700900456"] }];
  const candidate = buildCandidate({ type: "location", location, contacts });

  expect(recordOf({ conversation, candidate, now: later })).toMatchObject({ location, contacts });
});

test("what never came and was found in the provider's record says so", () => {
  const found = buildCandidate({}, { source: "history" });

  const records = [found, buildCandidate()].map((candidate) =>
    recordOf({ conversation, candidate, now: later }),
  );

  expect(records.map(({ backfilled }) => backfilled)).toEqual([true, undefined]);
});
