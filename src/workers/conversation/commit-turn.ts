import type { Conversation } from "#shared/domain/conversation.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";
import { loadFlows } from "#workers/conversation/load-flows.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import type { Inbox } from "#workers/conversation/read-inbox.ts";
import { takeSignIn } from "#workers/conversation/take-sign-in.ts";
import { takeTurn } from "#workers/conversation/take-turn.ts";

export interface Committed {
  readonly conversation: Conversation;
}

/** `lost`: another was first, nothing had left. `fault`: the turn itself threw. */
export type CommitAnswer = Committed | "lost" | { readonly fault: unknown };

/** Computes the turn and commits it by one guarded update; a lost answer throws and ends the drain. */
export async function commitTurn(
  ports: DrainPorts,
  inbox: Inbox,
  conversation: Conversation,
  head: Candidate,
): Promise<CommitAnswer> {
  const { channel, provider } = inbox;
  const { windowMs } = provider.defaults;
  const { answerBackfilledMs } = ports.settings;
  const { _id: conversationId, session: before } = conversation;
  const { flows, session } = await loadFlows(ports, { channel, conversationId, session: before });
  const isEcho = await isOwnEcho(ports, conversation, head);
  const taken = await takeSignIn(ports.signIn, channel, head);
  let next: Conversation;
  try {
    next = takeTurn({
      conversation: { ...conversation, ...(session && { session }) },
      candidate: head,
      channel,
      flows,
      isEcho,
      now: ports.now(),
      waitId: ports.newId(),
      commit: ports.newId(),
      handbackAfterMs: ports.settings.handbackAfterMs,
      ...(ports.settings.loop && { loop: ports.settings.loop }),
      ...(answerBackfilledMs === undefined ? {} : { answerBackfilledMs }),
      handbackKeywords: ports.settings.handbackKeywords,
      subscriptions: ports.subscriptionsOf(conversation.tenantId),
      ...(windowMs === undefined ? {} : { windowMs }),
      split: (command) => provider.split?.(command) ?? [command],
      ...(taken === undefined ? {} : { taken }),
    });
  } catch (fault) {
    return { fault };
  }
  return (await ports.commit(next)) ? { conversation: next } : "lost";
}

async function isOwnEcho(
  ports: DrainPorts,
  conversation: Conversation,
  { event }: Candidate,
): Promise<boolean> {
  if (event.kind !== "message" || event.direction !== "out") return false;
  return ports.settleEcho(event, conversation);
}
