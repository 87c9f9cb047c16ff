import type { Conversation } from "#shared/domain/conversation.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { dueTimers, inOrder, type Candidate } from "#workers/conversation/next-message.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { readParts, type Part } from "#workers/conversation/read-parts.ts";

/** What waits for one conversation, as one moment saw it. */
export interface Inbox {
  readonly conversation: Conversation;
  readonly channel: OpenChannel;
  readonly provider: Provider;
  /** The journal entries that are not closed for this conversation. */
  readonly parts: Set<Part>;
  /** Ids of what is not applied yet. */
  readonly openIds: Set<string>;
  /** The same in order, each once. */
  readonly open: readonly Candidate[];
  /** The last commit's message has no document yet: its flush did not end. */
  readonly unflushed: boolean;
  /** Nothing more was waiting in the journal. */
  readonly isWhole: boolean;
}

const webhooksAtOnce = 50;
const dayMs = 86_400_000;

/**
 * Reads the conversation first and the messages last: whatever another drain applies in between is
 * then seen as applied, or our commit misses its version. Undefined: nothing is here.
 */
export async function readInbox(
  ports: DrainPorts,
  conversationId: string,
  now: number,
): Promise<Inbox | undefined> {
  const stored = await ports.readConversation(conversationId);
  const webhooks = await ports.readOpenWebhooks(conversationId, webhooksAtOnce);
  const channelId = webhooks[0]?.channelId ?? stored?.channelId;
  const channel = channelId === undefined ? undefined : await ports.findChannel(channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined) return undefined;
  const parts = await readParts(ports, webhooks, { channel, provider, conversationId });
  const candidates = parts.flatMap((part) => part.candidates);
  const conversation = stored ?? newConversation(conversationId, channel, parts);
  const timers = dueTimers(conversation, now);
  const last = lastToCheck(conversation, now);
  const ids = [...candidates, ...timers].map(({ id }) => id);
  const applied = await ports.readApplied([...last, ...ids]);
  return {
    conversation,
    channel,
    provider,
    parts: new Set(parts),
    openIds: new Set(ids.filter((id) => !applied.has(id))),
    open: inOrder([...candidates, ...timers]).filter(({ id }) => !applied.has(id)),
    unflushed: last.some((id) => !applied.has(id)),
    isWhole: webhooks.length < webhooksAtOnce,
  };
}

/** A flush ends with the message's document; a day later retention may have taken it. */
function lastToCheck({ last, committedAt }: Conversation, now: number): readonly string[] {
  const isRecent = committedAt !== undefined && now - committedAt.getTime() < dayMs;
  return last !== undefined && isRecent ? [last._id] : [];
}

/** Version 0: not in the database until its first turn is committed. */
function newConversation(
  conversationId: string,
  channel: OpenChannel,
  parts: readonly Part[],
): Conversation {
  return {
    _id: conversationId,
    schemaVersion: 1,
    tenantId: channel.tenantId,
    channelId: channel._id,
    peer: parts.find(({ peer }) => peer !== undefined)?.peer ?? "",
    version: 0,
    commit: "",
    mode: "bot",
    status: "active",
    timers: [],
    effects: [],
    outSequence: 0,
  };
}

/** Closes every entry of which nothing is open any more for this conversation. */
export async function closeFinishedParts(ports: DrainPorts, inbox: Inbox): Promise<void> {
  const finished = [...inbox.parts].filter(
    ({ candidates }) => !candidates.some(({ id }) => inbox.openIds.has(id)),
  );
  for (const part of finished) inbox.parts.delete(part);
  await Promise.all(
    finished.map(({ webhook, parked }) => {
      if (parked !== undefined)
        ports.log.warn({ event: "webhook.parked", webhookId: webhook._id, reason: parked });
      return ports.closePart(webhook._id, inbox.conversation._id, parked);
    }),
  );
}
