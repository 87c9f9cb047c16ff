import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectFlow } from "#shared/bot/test-flows.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { operatorActs, type TurnEvent } from "#shared/domain/own-event.ts";
import * as registered from "#shared/providers/registered.ts";
import {
  candidateOf,
  dueTimers,
  turnPeerOf,
  type Candidate,
} from "#workers/conversation/next-message.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";
import {
  buildConversation,
  buildMessage,
  buildWebhook,
  noon,
} from "#workers/conversation/test-turns.ts";

const root = new URL("../../../", import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));
const flow = expectFlow(readJson("examples/bots/salon.ru.json"));
const channel = { _id: "channel", tenantId: "tenant", active: true, answerGroups: false };

const loaded = { botVersionId: "bot|1", flow };
const flowsOf = ({ session }: Conversation) => ({
  starters: [loaded],
  ...(session?.nodeId !== undefined && { running: loaded }),
});

const take = (conversation: Conversation, candidate: Candidate, now = noon, isEcho = false) =>
  takeTurn({
    conversation,
    candidate,
    channel,
    flows: flowsOf(conversation),
    isEcho,
    windowMs: 86_400_000,
    handbackAfterMs: 60_000,
    answerBackfilledMs: 900_000,
    now,
    waitId: `wait-${conversation.version}`,
    commit: `commit-${conversation.version}`,
  });

/** Every event of the providers' examples that belongs to a conversation. */
const events = Object.entries(registered).flatMap(([folder, provider]) =>
  readdirSync(new URL(`test/fixtures/${folder}`, root))
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const normalized = provider.normalize(readJson(`test/fixtures/${folder}/${name}`), {});
      return "events" in normalized ? normalized.events : [];
    })
    .filter((event) => turnPeerOf(event) !== undefined),
);

type Kept = Exclude<TurnEvent, { kind: "timer" }>;

const acts = operatorActs.map((act): Kept => ({
  kind: "operator",
  actId: act,
  act,
  chatId: "79001234567",
  command: { type: "text", text: "a person" },
}));

const said = fc
  .oneof(fc.string({ unit: "binary" }), fc.constantFrom("1", "2", "Записаться", "привет"))
  .map((text) => buildMessage({ text }));

/** An event, whether it is an echo of ours, and how long after the one before it. */
const steps = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom(...events, ...acts), said),
    fc.boolean(),
    fc.constantFrom(0, 1000, 900_000, 90_000_000),
  ),
  { maxLength: 15 },
);

type Steps = readonly (readonly [Kept, boolean, number])[];

/** All turns of a history; what is due goes first. */
function live(history: Steps): readonly (readonly [before: Conversation, after: Conversation])[] {
  const turns: [Conversation, Conversation][] = [];
  let conversation = buildConversation();
  let now = noon;
  const turn = (candidate: Candidate, isEcho: boolean): void => {
    const after = take(conversation, candidate, now, isEcho);
    turns.push([conversation, after]);
    conversation = after;
  };
  for (const [index, [event, isEcho, ms]] of history.entries()) {
    now += ms;
    for (const timer of dueTimers(conversation, now)) turn(timer, false);
    turn(candidateOf(event, buildWebhook({ _id: `own|${index}` }), index), isEcho);
  }
  return turns;
}

test("the examples hold events of every kind that a conversation takes", () => {
  expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(["message", "call", "contact"]));
  expect(events.length).toBeGreaterThan(40);
});

test("no history of events makes a turn throw, and each gives the next version", () => {
  fc.assert(
    fc.property(steps, (history) => {
      for (const [before, after] of live(history)) {
        expect(after.version).toBe(before.version + 1);
        expect(after.last?._id).not.toBe("");
      }
    }),
    { numRuns: 300 },
  );
});

test("sends are numbered without a gap, and never twice", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const turns = live(history);
      const sequences = turns.flatMap(([, { effects }]) =>
        effects.flatMap((effect) => (effect.kind === "outgoing" ? [effect.sequence] : [])),
      );

      expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, index) => index + 1));
      expect(turns.at(-1)?.[1].outSequence ?? 0).toBe(sequences.length);
    }),
    { numRuns: 300 },
  );
});

test("the bot is silent while an operator has the conversation", () => {
  fc.assert(
    fc.property(steps, (history) => {
      for (const [before, { effects, mode }] of live(history)) {
        const isBot = effects.some(
          (effect) => effect.kind === "outgoing" && effect.origin === "bot",
        );
        expect(isBot && before.mode === "operator" && mode === "operator").toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});

test("whoever has a timer is woken no later than the earliest is due", () => {
  fc.assert(
    fc.property(steps, (history) => {
      for (const [, { timers, wakeAt }] of live(history)) {
        const earliest = Math.min(...timers.map(({ at }) => Date.parse(at)));
        expect(wakeAt?.getTime() ?? Infinity).toBeLessThanOrEqual(earliest);
      }
    }),
    { numRuns: 300 },
  );
});

test("the same turn taken again gives the same effects under the same numbers", () => {
  fc.assert(
    fc.property(steps, (history) => {
      expect(live(history)).toEqual(live(history));
    }),
  );
});

const resendOf = (outgoingId: string, ifNewest?: true) =>
  candidateOf(
    {
      kind: "resend",
      chatId: "79001234567",
      outgoingId,
      attempt: 1,
      command: { type: "text", text: "held" },
      origin: "bot",
      ...(ifNewest === undefined ? {} : { ifNewest }),
    },
    buildWebhook({ source: "own" }),
    0,
  );

const sendsOf = (outSequence: number, candidate: Candidate) =>
  take(buildConversation({ outSequence }), candidate).effects.filter(
    ({ kind }) => kind === "outgoing",
  ).length;

test("a held send goes again only while nothing newer was written to its chat", () => {
  const held = "conversation|replies|0000000007";
  expect(sendsOf(7, resendOf(held, true))).toBe(1);
  expect(sendsOf(8, resendOf(held, true))).toBe(0);
  expect(sendsOf(8, resendOf(held))).toBe(1);
});

const foundAt = (ms: number): Candidate =>
  candidateOf(
    buildMessage({ at: new Date(ms).toISOString() }),
    buildWebhook({ source: "history" }),
    0,
  );

test("a message that never came is answered while it is fresh and nothing was said since", () => {
  const quiet = buildConversation();
  const goneOn = buildConversation({ lastSentAt: new Date(noon) });

  const answers = (conversation: Conversation, candidate: Candidate): boolean =>
    take(conversation, candidate).effects.some(({ kind }) => kind === "outgoing");

  expect(answers(quiet, foundAt(noon - 900_000))).toBe(true);
  expect(answers(quiet, foundAt(noon - 900_001))).toBe(false);
  expect(answers(goneOn, foundAt(noon - 1000))).toBe(false);
  expect(take(quiet, foundAt(noon - 900_001))).toMatchObject({
    unread: 1,
    waitingSince: new Date(noon - 900_001),
    last: { state: "applied", backfilled: true },
  });
});
