import type { Conversation } from "#shared/domain/conversation.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import { flushEffects } from "#workers/conversation/flush-effects.ts";
import { turnPeerOf, type Candidate } from "#workers/conversation/next-message.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import type { Inbox } from "#workers/conversation/read-inbox.ts";

/**
 * A message that names its sender in two ways makes them one conversation: the one that began
 * first stays, the other's document says where its events belong. Guarded by both versions, so
 * two drains never keep both. `again`: something was written, look afresh.
 */
export async function linkIdentities(
  ports: DrainPorts,
  inbox: Inbox,
  conversation: Conversation,
  { event }: Candidate,
): Promise<"linked" | "again"> {
  const identities = event.kind === "message" ? (event.identities ?? []) : [];
  const known = new Set([conversation.peer, ...(conversation.linked ?? [])]);
  for (const identity of identities) {
    if (known.has(identity)) continue;
    if (!(await linkOne(ports, inbox, conversation, identity))) return "again";
  }
  return "linked";
}

/** True when `identity` leads to this conversation now. */
async function linkOne(
  ports: DrainPorts,
  inbox: Inbox,
  conversation: Conversation,
  identity: string,
): Promise<boolean> {
  const otherId = conversationIdOf(conversation.channelId, identity);
  const other = await ports.readConversation(otherId);
  if (other?.movedTo === conversation.peer) return true;
  const began = other !== undefined && other.version > 0;
  if (began && conversation.version === 0) {
    await ports.commit(movedTo(ports, conversation, other.movedTo ?? other.peer));
    return false;
  }
  if (began) await joinContacts(ports, conversation, other);
  const empty = { ...inbox.conversation, ...emptied, _id: otherId, peer: identity };
  return ports.commit(movedTo(ports, other ?? empty, conversation.peer));
}

const emptied = { version: 0, timers: [], effects: [], outSequence: 0, linked: [] };

/** Both have a contact by now: the person is one, and an operator can still take them apart. */
async function joinContacts(
  ports: DrainPorts,
  { tenantId, contact }: Conversation,
  other: Conversation,
): Promise<void> {
  if (!(await isFlushed(ports, other))) await flushEffects(ports, other);
  if (contact === undefined || other.contact === undefined) return;
  await ports.mergeContacts(tenantId, { id: other.contact.id, into: contact.id });
}

async function isFlushed(ports: DrainPorts, { last }: Conversation): Promise<boolean> {
  return last === undefined || (await ports.readApplied([last._id])).has(last._id);
}

/** Timers die with the move: the conversation goes on elsewhere. */
function movedTo(ports: DrainPorts, conversation: Conversation, peer: string): Conversation {
  const { wakeAt: _, session: __, ...kept } = conversation;
  return {
    ...kept,
    version: conversation.version + 1,
    commit: ports.newId(),
    timers: [],
    movedTo: peer,
  };
}

/** Hands every waiting entry to the conversation that its events belong to. */
export async function moveEvents(ports: DrainPorts, inbox: Inbox, peer: string): Promise<void> {
  const { channelId, _id } = inbox.conversation;
  const to = conversationIdOf(channelId, peer);
  for (const { webhook, candidates } of inbox.parts) {
    const peers = new Set(candidates.map(({ event }) => turnPeerOf(event) ?? ""));
    await ports.addKeys(
      webhook._id,
      [to],
      [...peers].map((each) => ({ peer: each, to })),
    );
    await ports.closePart(webhook._id, _id);
  }
  await ports.wake("conversations", to);
}
