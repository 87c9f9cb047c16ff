import { maxTextLength } from "#shared/bot/limits.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import { textOfEvent } from "#shared/domain/text-of-event.ts";
import type { Burst, Heard, Timer } from "#shared/domain/session.ts";
import { isForBot } from "#workers/conversation/is-for-bot.ts";
import { timerCandidate, type Candidate } from "#workers/conversation/next-message.ts";

/** Nobody waits for an answer longer than so many windows. */
const mostWindows = 5;

/** Providers count whole seconds: two messages may seem so much further apart. */
const clockGrainMs = 1000;

interface Joining {
  readonly timers: readonly Timer[];
  readonly heard: Heard;
  readonly sentAt: number;
  /** Of the flow that would answer; a burst that began keeps its own. */
  readonly windowMs: number | undefined;
  readonly now: number;
  readonly newId: string;
}

/** The conversation's timers with the message in its burst; undefined when it is to be answered at once. */
export function joinBurst(joining: Joining): readonly Timer[] | undefined {
  const { timers, heard, now, newId, sentAt } = joining;
  const begun = findBurst(timers)?.burst;
  const windowMs = begun?.windowMs ?? joining.windowMs;
  if (windowMs === undefined || heard.payload !== undefined) return undefined;
  const since = begun?.since ?? now;
  const burst: Burst = {
    heard: begun === undefined ? heard : addTo(begun.heard, heard),
    windowMs,
    since,
    sentAt: Math.max(sentAt, begun?.sentAt ?? 0),
  };
  const at = new Date(Math.min(now + windowMs, since + windowMs * mostWindows)).toISOString();
  return [
    ...timers.filter(({ kind }) => kind !== "burst"),
    { id: newId, kind: "burst", at, burst },
  ];
}

/** A file among texts makes them no answer by file. */
const addTo = (first: Heard, next: Heard): Heard => ({
  ...first,
  ...(first.referral === undefined && next.referral !== undefined && { referral: next.referral }),
  messageType: first.texts.length > 0 ? first.messageType : next.messageType,
  texts: [...first.texts, ...next.texts],
});

export const findBurst = (timers: readonly Timer[]): Timer | undefined =>
  timers.find(({ kind }) => kind === "burst");

/**
 * The end of a burst that must come before this event: a press, or a message that came too late for it,
 * or what ends the wait that it answers: its time limit, an outside system's answer.
 */
export function burstBefore(
  { _id, timers, mode }: Conversation,
  head: Candidate,
): readonly Candidate[] {
  const timer = findBurst(timers);
  if (timer?.burst === undefined || mode !== "bot" || !endsBurst(timer.burst, head)) return [];
  const end = timerCandidate(_id, timer);
  return [{ ...end, sentAt: Math.min(end.sentAt, head.sentAt) }];
}

function endsBurst(
  { heard, windowMs, sentAt }: Burst,
  { event, sentAt: next }: Candidate,
): boolean {
  if (event.kind === "timer") return event.timer === "question_timeout";
  if (event.kind === "crm_answer") return true;
  if (event.kind !== "message" || event.direction !== "in" || !isForBot(event)) return false;
  if (event.payload !== undefined || next - sentAt > windowMs + clockGrainMs) return true;
  return countLetters(heard.texts) + (textOfEvent(event) ?? "").length > maxTextLength;
}

/** Each text ends in a line's end but the last. */
const countLetters = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + text.length + 1, 0);
