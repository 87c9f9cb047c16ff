import { isSaying } from "#shared/domain/command.ts";
import type { Conversation, KnownContact } from "#shared/domain/conversation.ts";
import { isGroup } from "#shared/domain/ids.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";

export interface FactsInput {
  readonly conversation: Conversation;
  readonly candidate: Candidate;
  readonly now: number;
}

export type Facts = Omit<Partial<Conversation>, "contact"> & { readonly contact: KnownContact };

/** What the event tells about the contact and the conversation's clock. */
export function factsOf(input: FactsInput): Facts {
  const address = addressOf(input);
  return { ...saidBy(input), ...(address === undefined ? {} : { address }) };
}

/** Where answers go: to the identity that the customer used last. */
function addressOf({ conversation, candidate }: FactsInput): string | undefined {
  const { event } = candidate;
  const { peer, address: before } = conversation;
  if (event.kind !== "message" || event.direction !== "in" || isGroup(event)) return before;
  if (event.isOnlyKept === true || isBehind(conversation, candidate)) return before;
  const address = event.address ?? event.chatId ?? peer;
  return address === peer ? undefined : address;
}

function saidBy({ conversation, candidate, now }: FactsInput): Facts {
  const { event } = candidate;
  if (event.kind === "operator" && event.command !== undefined && isSaying(event.command))
    return {
      ...contactOf(conversation, {}),
      lastMessageAt: later(conversation.lastMessageAt, new Date(now)),
    };
  if (event.kind === "contact_answer") return contactOf(conversation, newsOf(conversation, event));
  if (event.kind === "contact") return contactOf(conversation, event);
  if (event.kind !== "message") return contactOf(conversation, {});
  const sentAt = new Date(Math.min(candidate.sentAt, now));
  const isIn = event.direction === "in";
  return {
    ...contactOf(conversation, isIn ? event : {}),
    lastMessageAt: later(conversation.lastMessageAt, sentAt),
    ...(isIn ? { lastInboundAt: later(conversation.lastInboundAt, sentAt) } : {}),
    ...youngestOf(conversation, candidate),
    linked: [...new Set([...(conversation.linked ?? []), ...(event.identities ?? [])])],
  };
}

/** What a message told meanwhile is the surer name. */
const newsOf = ({ contact }: Conversation, { name }: { readonly name: string }) =>
  contact?.name === undefined ? { name } : {};

/** Where the order of the messages stands: by provider time, then by arrival. */
function youngestOf(
  conversation: Conversation,
  candidate: Candidate,
): Pick<Conversation, "lastSentAt" | "lastSentIn"> {
  if (isBehind(conversation, candidate)) return {};
  const { sentAt, webhook } = candidate;
  return { lastSentAt: new Date(sentAt), ...(webhook && { lastSentIn: webhook._id }) };
}

/** Whether a message that belongs after this one was applied before it. */
export function isBehind(
  { lastSentAt, lastSentIn = "" }: Pick<Conversation, "lastSentAt" | "lastSentIn">,
  { sentAt, webhook }: Pick<Candidate, "sentAt" | "webhook">,
): boolean {
  const last = lastSentAt?.getTime() ?? 0;
  return sentAt < last || (sentAt === last && (webhook?._id ?? "") < lastSentIn);
}

const later = (a: Date | undefined, b: Date): Date => (a !== undefined && a > b ? a : b);

function contactOf(
  conversation: Conversation,
  said: { readonly name?: string; readonly username?: string; readonly phone?: string },
): { readonly contact: KnownContact } {
  const known = conversation.contact;
  const name = said.name ?? known?.name;
  const username = said.username ?? known?.username;
  const phone = said.phone ?? known?.phone;
  return {
    contact: {
      ...known,
      id: known?.id ?? `${conversation.channelId}|${conversation.peer}`,
      ...(name === undefined ? {} : { name }),
      ...(username === undefined ? {} : { username }),
      ...(phone === undefined ? {} : { phone }),
    },
  };
}
