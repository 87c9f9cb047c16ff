import type { Conversation } from "#shared/domain/conversation.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { wakeAtOf } from "#workers/conversation/wake-at.ts";
import { recordOf } from "#workers/conversation/message-record.ts";

export type Poisoned = { readonly kind: "again" } | { readonly kind: "delay"; readonly ms: number };

export const mostTries = 5;
const firstPauseMs = 200;

/** The pause before the next try, longer each time. */
export const pauseAfter = (count: number): Poisoned => ({
  kind: "delay",
  ms: firstPauseMs * 2 ** count,
});

/** How often the same thing has failed in a row. */
export const triesOf = ({ poison }: Conversation, eventId: string): number =>
  poison?.eventId === eventId ? poison.count : 0;

/**
 * A turn threw, or the process that took it died. Five times the same event: it ends `dead`, a
 * person is told and the next one has its turn.
 */
export async function commitPoison(
  ports: DrainPorts,
  conversation: Conversation,
  head: Candidate,
  fault: unknown,
): Promise<Poisoned> {
  const reason = fault instanceof Error ? fault.message : String(fault);
  const count = triesOf(conversation, head.id) + 1;
  ports.log.warn({ event: "turn.failed", messageId: head.id, count, reason });
  if (count < mostTries) {
    await ports.commit(counted(ports, conversation, head.id, count));
    return pauseAfter(count);
  }
  // First, because nobody comes back to an event that is dead.
  await tell(ports, conversation, head, reason);
  await ports.commit(buried(ports, conversation, head, reason));
  return { kind: "again" };
}

/** Keeps effects and last message: they were flushed, and are recognised as such. */
const counted = (
  ports: DrainPorts,
  conversation: Conversation,
  eventId: string,
  count: number,
): Conversation => ({
  ...conversation,
  version: conversation.version + 1,
  commit: ports.newId(),
  poison: { eventId, count },
});

/** The dead message gets its document by the next flush, like any other. */
function buried(
  ports: DrainPorts,
  conversation: Conversation,
  head: Candidate,
  reason: string,
): Conversation {
  const { poison: _, wakeAt: __, ...kept } = conversation;
  const timers = conversation.timers.filter(
    ({ id }) => head.event.kind !== "timer" || head.event.timerId !== id,
  );
  const now = ports.now();
  return {
    ...kept,
    version: conversation.version + 1,
    commit: ports.newId(),
    timers,
    ...wakeAtOf(timers),
    effects: [],
    last: recordOf({ conversation, candidate: head, now }, { dead: reason }),
    committedAt: new Date(now),
  };
}

const tell = (
  ports: DrainPorts,
  { tenantId, channelId }: Conversation,
  head: Candidate,
  reason: string,
): Promise<unknown> =>
  ports.raiseAlert({
    tenantId,
    channelId,
    kind: "message.dead",
    subject: head.id,
    text: `A message could not be handled ${mostTries} times and was set aside: ${reason}`,
  });
