import { expect, test } from "vitest";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { OperatorAct, OperatorEvent } from "#shared/domain/own-event.ts";
import { candidateOf, type Candidate } from "#workers/conversation/next-message.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";
import {
  buildCandidate,
  buildConversation,
  buildWebhook,
  noon,
} from "#workers/conversation/test-turns.ts";

const second = 1000;
const channel = { _id: "channel", tenantId: "tenant", active: true, answerGroups: false };

const take = (conversation: Conversation, candidate: Candidate, now: number, isEcho = false) =>
  takeTurn({
    conversation,
    candidate,
    channel,
    flows: { starters: [] },
    isEcho,
    handbackAfterMs: 60 * second,
    handbackKeywords: ["#Бот"],
    now,
    waitId: "wait",
    commit: "commit",
  });

const said = (text: string, now: number, direction: "in" | "out" = "in") =>
  buildCandidate({ text, direction, at: new Date(now).toISOString() });

const act = (name: OperatorAct, now: number, given: Partial<OperatorEvent> = {}) =>
  candidateOf(
    { kind: "operator", actId: name, act: name, chatId: "79001234567", ...given },
    buildWebhook({ source: "own", arrivedAt: new Date(now) }),
    0,
  );
const reply = { command: { type: "text", text: "a person" }, by: "anna" } as const;

test("what the customer writes is unread until a person looks or answers", () => {
  const one = take(buildConversation(), said("1", noon), noon);
  const two = take(one, said("2", noon + second), noon + second);
  const reacted = take(two, buildCandidate({ type: "reaction", text: "👍" }), noon + second);
  const seen = take(reacted, act("read", noon + 2 * second), noon + 2 * second);
  const three = take(seen, said("3", noon + 3 * second), noon + 3 * second);
  const answered = take(three, act("send", noon + 4 * second, reply), noon + 4 * second);
  const byPhone = take(three, said("hello", noon + 4 * second, "out"), noon + 4 * second);
  const echoed = take(three, said("hello", noon + 4 * second, "out"), noon + 4 * second, true);

  const all = [one, two, reacted, seen, three, answered, byPhone, echoed];
  expect(all.map(({ unread }) => unread)).toEqual([1, 2, 2, 0, 1, 0, 0, 1]);
});

test("the first answer is measured from the first message that waited, once", () => {
  const one = take(buildConversation(), said("1", noon), noon);
  const two = take(one, said("2", noon + second), noon + second);
  const answered = take(two, act("send", noon + 5 * second, reply), noon + 5 * second);
  const three = take(answered, said("3", noon + 6 * second), noon + 6 * second);
  const again = take(three, act("send", noon + 9 * second, reply), noon + 9 * second);

  expect(two.waitingSince).toEqual(new Date(noon));
  expect(answered).not.toHaveProperty("waitingSince");
  const firstAnswer = { at: new Date(noon + 5 * second), ms: 5000, by: "operator" };
  expect([answered.firstAnswer, again.firstAnswer]).toEqual([firstAnswer, firstAnswer]);
});

test("closing gives the conversation back to the bot, and a message opens it again", () => {
  const session = { botVersionId: "bot|1", nodeId: "q", waitId: "w", variables: { name: "Anna" } };
  const taken = take(buildConversation({ session }), act("takeover", noon, { by: "anna" }), noon);
  const closed = take(taken, act("close", noon), noon);
  const opened = take(closed, said("hello", noon + second), noon + second);

  expect(taken).toMatchObject({ mode: "operator", assignee: "anna" });
  expect(closed).toMatchObject({ mode: "bot", status: "closed", timers: [], assignee: "anna" });
  expect(closed.session).toEqual({ botVersionId: "bot|1", variables: { name: "Anna" } });
  expect(closed).not.toHaveProperty("wakeAt");
  expect(opened).toMatchObject({ status: "active", waitingSince: new Date(noon + second) });
});

test("a conversation is assigned, and to nobody again", () => {
  const anna = take(buildConversation(), act("assign", noon, { assignee: "anna" }), noon);
  const boris = take(anna, act("assign", noon, { assignee: "boris" }), noon);
  const taken = take(boris, act("takeover", noon, { by: "anna" }), noon);
  const nobody = take(taken, act("assign", noon), noon);

  expect([anna, boris, taken].map(({ assignee }) => assignee)).toEqual(["anna", "boris", "boris"]);
  expect(nobody).not.toHaveProperty("assignee");
});

test("a keyword gives the conversation back, whether the customer or a person writes it", () => {
  const taken = take(buildConversation(), act("takeover", noon), noon);
  const byCustomer = take(taken, said(" #БОТ ", noon), noon);
  const byPhone = take(taken, said("#бот", noon, "out"), noon);
  const other = take(taken, said("#бот please", noon), noon);

  expect([byCustomer, byPhone, other].map(({ mode }) => mode)).toEqual([
    "waiting",
    "bot",
    "operator",
  ]);
  expect([byCustomer, byPhone, other].map(({ timers }) => timers.length)).toEqual([0, 0, 1]);
});

test("the list shows the beginning of what a person wrote last", () => {
  const one = take(buildConversation(), said("🙂".repeat(300), noon), noon);
  const two = take(one, act("send", noon + second, reply), noon + second);

  expect(one.preview).toMatchObject({ direction: "in", text: "🙂".repeat(100) });
  expect(two.preview).toMatchObject({ direction: "out", text: "a person" });
  expect(two.lastMessageAt).toEqual(new Date(noon + second));
  expect(two.last).toMatchObject({ kind: "operator", act: "send", by: "anna" });
  expect(two.effects).toMatchObject([{ kind: "outgoing", origin: "operator", by: "anna" }]);
});

test("a wait that a takeover cut short still ends by its time when the bot is back", () => {
  const until = new Date(noon + 90 * second).toISOString();
  const session = { botVersionId: "bot|1", nodeId: "q", waitId: "w", until, variables: {} };
  const timer = { id: "w", kind: "question_timeout", at: until } as const;
  const asked = buildConversation({ session, timers: [timer] });

  const taken = take(asked, act("takeover", noon), noon);
  const back = take(taken, act("handback", noon + second), noon + second);

  expect(taken.timers).toMatchObject([{ kind: "handback" }]);
  expect(back).toMatchObject({ mode: "bot", timers: [timer], wakeAt: new Date(until) });
});
