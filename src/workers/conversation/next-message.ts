import { createHash } from "node:crypto";
import type { Conversation } from "#shared/domain/conversation.ts";
import { eventKey, peerOf, weakKey } from "#shared/domain/ids.ts";
import type { OwnEvent, TurnEvent } from "#shared/domain/own-event.ts";
import type { Timer } from "#shared/domain/session.ts";
import type { Webhook } from "#shared/models/webhooks.ts";

/** One event of this conversation that waits for its turn. */
export interface Candidate {
  /** `_id` of its message document: the same event has the same, however often it came. */
  readonly id: string;
  readonly event: TurnEvent;
  readonly weak: boolean;
  /** Provider time where there is one, else the arrival. */
  readonly sentAt: number;
  /** Where it came from; a timer came from nowhere. */
  readonly webhook?: Webhook;
  readonly place: number;
}

const longestIdBytes = 512;

/** The event's message id within the database; a very long provider id is hashed. */
export function messageIdOf(
  event: Exclude<TurnEvent, { kind: "timer" }>,
  webhook: Webhook,
): {
  id: string;
  weak: boolean;
} {
  if (isOwn(event)) return { id: webhook._id, weak: false };
  const key = eventKey(event);
  const name = key ?? weakKey(event, webhook.arrivedAt);
  const isPlain = key !== undefined && Buffer.byteLength(key) <= longestIdBytes;
  const hashed = createHash("sha256").update(name).digest("base64url");
  const id = `${webhook.channelId}|${isPlain ? name : `${event.kind}|#${hashed}`}`;
  return { id, weak: key === undefined };
}

/** The peer of an event, our own included. */
export function turnPeerOf(event: TurnEvent): string | undefined {
  if (event.kind === "timer") return undefined;
  return isOwn(event) ? event.chatId : peerOf(event);
}

const ownKinds: ReadonlySet<TurnEvent["kind"]> = new Set([
  "operator",
  "resend",
  "sent",
  "crm_answer",
  "contact_answer",
]);

const isOwn = (event: TurnEvent): event is OwnEvent => ownKinds.has(event.kind);

export function candidateOf(
  event: Exclude<TurnEvent, { kind: "timer" }>,
  webhook: Webhook,
  place: number,
): Candidate {
  const at = "at" in event && event.at !== undefined ? Date.parse(event.at) : Number.NaN;
  const sentAt = Number.isNaN(at) ? webhook.arrivedAt.getTime() : at;
  return { ...messageIdOf(event, webhook), event, sentAt, webhook, place };
}

/** Timers that are due, as events with ids of their own. */
export function dueTimers({ _id, timers }: Conversation, now: number): readonly Candidate[] {
  return timers
    .filter(({ at }) => Date.parse(at) <= now)
    .map((timer) => timerCandidate(_id, timer));
}

export const timerCandidate = (conversationId: string, { id, kind, at }: Timer): Candidate => ({
  id: `${conversationId}|timer|${id}`,
  event: { kind: "timer", timerId: id, timer: kind, at },
  weak: false,
  sentAt: Date.parse(at),
  place: 0,
});

/** By provider time, then arrival, then place in the body. */
export function compareCandidates(a: Candidate, b: Candidate): number {
  if (a.sentAt !== b.sentAt) return a.sentAt - b.sentAt;
  const aId = a.webhook?._id ?? "";
  const bId = b.webhook?._id ?? "";
  if (aId !== bId) return aId < bId ? -1 : 1;
  return a.place - b.place;
}

/** In order, each id once: the same message may stand in many webhooks. */
export function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const once = new Map<string, Candidate>();
  for (const candidate of candidates.toSorted(compareCandidates))
    if (!once.has(candidate.id)) once.set(candidate.id, candidate);
  return [...once.values()];
}
