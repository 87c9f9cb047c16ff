import type { FlowsHere } from "#shared/bot/decide-flow.ts";
import { endSession } from "#shared/bot/end-session.ts";
import { fold } from "#shared/bot/fold.ts";
import type { Command } from "#shared/domain/command.ts";
import type { AlertWords, Conversation } from "#shared/domain/conversation.ts";
import type { HttpRequest, Subscription } from "#shared/domain/crm.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import { isGroup } from "#shared/domain/ids.ts";
import type { OperatorEvent, OwnEvent, TimerEvent, TurnEvent } from "#shared/domain/own-event.ts";
import type { DealEffect, Session, TagEffect, Timer } from "#shared/domain/session.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { sequenceOf } from "#shared/models/outgoing.ts";
import { answerCustomer, hearCustomer } from "#workers/conversation/answer-customer.ts";
import { botChange } from "#workers/conversation/bot-change.ts";
import { chatFacts } from "#workers/conversation/chat-facts.ts";
import { checkEffects } from "#workers/conversation/check-effects.ts";
import { crmEffects } from "#workers/conversation/crm-effects.ts";
import { factsOf, isBehind } from "#workers/conversation/conversation-facts.ts";
import { isForBot } from "#workers/conversation/is-for-bot.ts";
import { recordOf } from "#workers/conversation/message-record.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";
import { numberEffects } from "#workers/conversation/number-effects.ts";
import type { LoadedFlow } from "#workers/conversation/ports.ts";
import { countSpoken, stopLoop, type LoopLimit } from "#workers/conversation/stop-loop.ts";
import { takeOver, withTakeover } from "#workers/conversation/take-over.ts";
import { wakeAtOf } from "#workers/conversation/wake-at.ts";

/** Everything a turn may depend on. */
export interface TurnInput {
  readonly conversation: Conversation;
  readonly candidate: Candidate;
  readonly channel: Pick<OpenChannel, "_id" | "tenantId" | "active" | "answerGroups">;
  /** The scenarios that may answer. */
  readonly flows: FlowsHere<LoadedFlow>;
  /** The event is the provider's echo of a send of ours. */
  readonly isEcho: boolean;
  readonly windowMs?: number;
  /** What the provider takes as several messages. */
  readonly split?: (command: Command) => readonly Command[];
  /** The event was something else than talk, and this is what it does: no bot hears it. */
  readonly taken?: Change;
  readonly handbackAfterMs: number;
  readonly loop?: LoopLimit;
  /** A message that had not arrived is answered when it is no older than that. */
  readonly answerBackfilledMs?: number;
  readonly handbackKeywords?: readonly string[];
  /** The outside systems that want to hear of the tenant's turns. */
  readonly subscriptions?: readonly Subscription[];
  readonly now: number;
  readonly waitId: string;
  readonly commit: string;
}

/** What an event does to a conversation, before it is numbered and committed. */
export interface Change {
  readonly mode?: Conversation["mode"];
  readonly session?: Conversation["session"];
  readonly timers?: readonly Timer[];
  readonly commands?: readonly {
    command: Command;
    origin: "bot" | "operator";
    by?: string;
    resendOf?: string;
  }[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly tags?: readonly TagEffect[];
  readonly deals?: readonly DealEffect[];
  /** Calls to outside systems that the session waits for. */
  readonly requests?: readonly HttpRequest[];
  /** The bot hands the conversation to a person, after what it says in this turn. */
  readonly takesOver?: true;
  readonly cancels?: true;
  /** What a person should know of it. */
  readonly alert?: AlertWords;
  readonly ignored?: string;
}

/** The turn: pure. The next version of the conversation, with its effects and its message. */
export function takeTurn(input: TurnInput): Conversation {
  const { conversation, candidate } = input;
  const change = stopLoop(input, withTakeover(input, changeOf(input, candidate.event)));
  const facts = factsOf(input);
  const timers =
    change.timers ?? conversation.timers.filter(({ id }) => !isThisTimer(candidate, id));
  const numbered = numberEffects(input, change, facts);
  const mode = change.mode ?? conversation.mode;
  const effects = [...numbered.effects, ...crmEffects(input, { ...numbered, mode })];
  checkEffects(numbered.effects, effects);
  const session = change.session ?? conversation.session;
  return {
    ...lasting(conversation),
    ...facts,
    ...chatFacts(input, change),
    ...countSpoken(input, change),
    version: conversation.version + 1,
    commit: input.commit,
    mode,
    ...(session === undefined ? {} : { session }),
    timers,
    ...wakeOf(input, timers),
    last: recordOf(input, change.ignored === undefined ? {} : { ignored: change.ignored }),
    ...numbered,
    effects,
    committedAt: new Date(input.now),
  };
}

/** What stays as it is unless the turn says otherwise. */
function lasting(conversation: Conversation): Conversation {
  const {
    wakeAt: _,
    poison: __,
    assignee: ___,
    waitingSince: ____,
    firstAnswer: _____,
    spoken: ______,
    address: _______,
    ...kept
  } = conversation;
  return kept;
}

const isThisTimer = ({ event }: Candidate, id: string): boolean =>
  event.kind === "timer" && event.timerId === id;

/** A timer leaves no journal entry: should its flush not end, the sweeper must still come by. */
const flushCheckMs = 15_000;

const wakeOf = ({ candidate, now }: TurnInput, timers: readonly Timer[]): { wakeAt?: Date } =>
  wakeAtOf(timers, candidate.event.kind === "timer" ? [now + flushCheckMs] : []);

function changeOf(input: TurnInput, event: TurnEvent): Change {
  if (input.taken !== undefined) return input.taken;
  if (event.kind === "message" && event.isOnlyKept === true) return {};
  if (event.kind === "message")
    return event.direction === "in" ? hear(input, event) : overhear(input, event);
  if (event.kind === "timer") return ring(input, event);
  if (event.kind === "operator") return obey(input, event);
  if (event.kind === "crm_answer") return goOn(input, event);
  return event.kind === "resend" ? sayAgain(input, event) : {};
}

/** An operator's act; what it means for the live chat is in `chat-facts.ts`. */
function obey(input: TurnInput, { act, command, by }: OperatorEvent): Change {
  if (act === "takeover") return takeOver(input);
  if (act === "handback") return handBack(input.conversation);
  if (act === "close") return close(input.conversation);
  if (act !== "send") return {};
  if (command === undefined) return { ignored: "an operator's send without a command" };
  return { commands: [{ command, origin: "operator", ...(by === undefined ? {} : { by }) }] };
}

/** Who writes again begins anew, with the bot. */
function close({ session }: Conversation): Change {
  return { mode: "bot", timers: [], ...(session && { session: endSession(session) }) };
}

/** A send that is known not to have arrived goes again, at the end of the lane. */
function sayAgain(
  { conversation }: TurnInput,
  { command, origin, outgoingId, ifNewest }: OwnOf<"resend">,
): Change {
  if (origin === "bot" && conversation.mode === "operator") return { ignored: tookOver };
  const isNewest = sequenceOf(outgoingId) === conversation.outSequence;
  if (ifNewest === true && !isNewest) return { ignored: "something newer was written by then" };
  return { commands: [{ command, origin, resendOf: outgoingId }] };
}

type OwnOf<Kind extends OwnEvent["kind"]> = Extract<OwnEvent, { kind: Kind }>;
const tookOver = "an operator took over";

/** The customer wrote. */
function hear(input: TurnInput, event: MessageEvent): Change {
  const { conversation, channel } = input;
  if (isStale(input)) return {};
  if (conversation.mode === "operator" && isHandback(input, event)) {
    const change = handBack(conversation);
    return {
      ...change,
      ...hear({ ...input, conversation: { ...conversation, ...change } }, event),
    };
  }
  if (!channel.active || conversation.mode === "operator" || !isForBot(event)) return {};
  if (isGroup(event) && !channel.answerGroups) return {};
  return hearCustomer(input, event);
}

/** It was missing so long that an answer would speak of yesterday, or past what was said since: a person sees it. */
const isStale = ({ conversation, candidate, now, answerBackfilledMs = 0 }: TurnInput): boolean =>
  candidate.webhook?.source === "history" &&
  (now - candidate.sentAt > answerBackfilledMs || isBehind(conversation, candidate));

/** Somebody wrote from the business's side. Our own echo changes nothing; a person pauses the bot. */
function overhear(input: TurnInput, event: MessageEvent): Change {
  if (input.isEcho) return {};
  return isHandback(input, event) ? handBack(input.conversation) : takeOver(input);
}

/** A whole message that is one of the words which give the conversation back to the bot. */
const isHandback = ({ handbackKeywords = [] }: TurnInput, { text = "" }: MessageEvent): boolean =>
  handbackKeywords.some((word) => fold(word) === fold(text));

/** The bot goes on with what it waited for: the wait's timer had gone with the takeover. */
const handBack = ({ session }: Conversation): Required<Pick<Change, "mode" | "timers">> => ({
  mode: "bot",
  timers: timerOf(session),
});

const timerOf = ({ waitId, until }: Partial<Session> = {}): readonly Timer[] =>
  waitId === undefined || until === undefined
    ? []
    : [{ id: waitId, kind: "question_timeout", at: until }];

function ring(input: TurnInput, event: TimerEvent): Change {
  const { conversation, flows } = input;
  if (event.timer === "handback") return handBack(conversation);
  if (event.timer === "burst") return endBurst(input, event);
  const isAwaited = conversation.session?.waitId === event.timerId;
  if (!isAwaited || flows.running === undefined || conversation.mode !== "bot")
    return { ignored: "the session has moved on" };
  return botChange(input, flows.running, { kind: "timeout", waitId: event.timerId });
}

/** What the scenario asked an outside system was answered, or failed for good. */
function goOn(input: TurnInput, { waitId, isOk, values }: OwnOf<"crm_answer">): Change {
  const { conversation, flows } = input;
  const isAwaited = conversation.session?.waitId === waitId;
  if (!isAwaited || flows.running === undefined || conversation.mode !== "bot")
    return { ignored: "the session has moved on" };
  return botChange(input, flows.running, { kind: "answered", waitId, isOk, values });
}

/** What came together is heard now; who took the bot off meanwhile has read it. */
function endBurst(input: TurnInput, { timerId }: TimerEvent): Change {
  const { conversation, channel } = input;
  const burst = conversation.timers.find(({ id }) => id === timerId)?.burst;
  if (burst === undefined || conversation.mode !== "bot" || !channel.active)
    return { ignored: "nobody waits for an answer to it" };
  return answerCustomer(input, burst.heard);
}
