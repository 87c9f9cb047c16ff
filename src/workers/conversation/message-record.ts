import type { Conversation, MessageRecord } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { OperatorEvent } from "#shared/domain/own-event.ts";
import { isBehind } from "#workers/conversation/conversation-facts.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";

export interface RecordInput {
  readonly conversation: Conversation;
  readonly candidate: Candidate;
  readonly now: number;
  readonly isEcho?: boolean;
}

/** Why the event had no effects. */
export interface RecordNote {
  readonly ignored?: string;
  readonly dead?: string;
}

/** The message's own document. */
export function recordOf(
  { conversation, candidate, now, isEcho }: RecordInput,
  { ignored, dead }: RecordNote = {},
): MessageRecord {
  const { event, webhook } = candidate;
  const isLate = isBehind(conversation, candidate) || webhook?.late === true;
  const reason = dead ?? ignored;
  return {
    _id: candidate.id,
    schemaVersion: 1,
    tenantId: conversation.tenantId,
    channelId: conversation.channelId,
    conversationId: conversation._id,
    ...(webhook === undefined ? {} : { webhookId: webhook._id }),
    kind: event.kind,
    state: stateOf({ ignored, dead }),
    ...(event.kind === "message" ? messageFields(event) : {}),
    ...(event.kind === "operator" ? actFields(event) : {}),
    ...(isEcho === true ? { echo: true } : {}),
    sentAt: new Date(candidate.sentAt),
    arrivedAt: webhook?.arrivedAt ?? new Date(now),
    appliedAt: new Date(now),
    ...(event.kind === "message" && isLate ? { late: true } : {}),
    ...(webhook?.source === "history" ? { backfilled: true } : {}),
    ...(candidate.weak ? { weakDedupe: true } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}

function stateOf({
  ignored,
  dead,
}: Record<"ignored" | "dead", string | undefined>): MessageRecord["state"] {
  if (dead !== undefined) return "dead";
  return ignored === undefined ? "applied" : "ignored";
}

const actFields = ({ act, by, assignee }: OperatorEvent): Partial<MessageRecord> => ({
  act,
  ...(by === undefined ? {} : { by }),
  ...(assignee === undefined ? {} : { assignee }),
});

const longestTextChars = 65_536;

function messageFields(event: MessageEvent): Partial<MessageRecord> {
  const { direction, type, text, media, location, contacts, payload, replyTo } = event;
  const { senderId, messageId, unverified } = event;
  return {
    direction,
    type,
    ...(text === undefined ? {} : { text: text.slice(0, longestTextChars) }),
    ...(media === undefined ? {} : { media: { ...media } }),
    ...(location === undefined ? {} : { location }),
    ...(contacts === undefined ? {} : { contacts }),
    ...(payload === undefined ? {} : { payload: payload.slice(0, longestTextChars) }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(senderId === undefined ? {} : { senderId }),
    ...(messageId === undefined ? {} : { providerMessageId: messageId }),
    ...(unverified === true ? { unverified } : {}),
  };
}
