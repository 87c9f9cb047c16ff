import type { Conversation, MessageRecord } from "#shared/domain/conversation.ts";
import { flushEffects } from "#workers/conversation/flush-effects.ts";
import { mostTries, pauseAfter, triesOf, type Poisoned } from "#workers/conversation/poison.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";

/**
 * Flushes a committed turn. What the database refuses for its content is tried five times, then
 * its effects are parked with an alert, so that the conversation goes on.
 */
export async function flushOrPark(
  ports: DrainPorts,
  conversation: Conversation,
): Promise<Poisoned | undefined> {
  try {
    await flushEffects(ports, conversation);
    return undefined;
  } catch (error) {
    if (!ports.isContentFault(error)) throw error;
    return countOrPark(ports, conversation, error instanceof Error ? error.message : String(error));
  }
}

async function countOrPark(
  ports: DrainPorts,
  conversation: Conversation,
  reason: string,
): Promise<Poisoned> {
  const eventId = `flush|${conversation.last?._id ?? ""}`;
  const count = triesOf(conversation, eventId) + 1;
  ports.log.warn({ event: "flush.failed", conversationId: conversation._id, count, reason });
  const next = { ...conversation, version: conversation.version + 1, commit: ports.newId() };
  if (count < mostTries) {
    await ports.commit({ ...next, poison: { eventId, count } });
    return pauseAfter(count);
  }
  await raiseParked(ports, conversation, reason);
  const { last } = conversation;
  await ports.commit({
    ...next,
    effects: [],
    ...(last === undefined ? {} : { last: { ...last, ...parkedOf(conversation, reason) } }),
  });
  return { kind: "again" };
}

/** As text, which no database refuses; the words themselves may have been the trouble. */
const parkedOf = ({ effects }: Conversation, reason: string): Partial<MessageRecord> => ({
  text: "",
  reason: `effects parked: ${reason}`,
  parkedEffects: JSON.stringify(effects),
});

const raiseParked = (
  ports: DrainPorts,
  { tenantId, channelId, last, effects }: Conversation,
  reason: string,
): Promise<unknown> =>
  ports.raiseAlert({
    tenantId,
    channelId,
    kind: "effects.parked",
    subject: last?._id ?? channelId,
    text: `${effects.length} effects of a turn could not be written and were parked: ${reason}`,
  });
