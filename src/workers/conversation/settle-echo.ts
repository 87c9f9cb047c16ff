import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { providerRefId } from "#shared/models/provider-refs.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { recordSent } from "#workers/lanes/record-sent.ts";

const echoWithinMs = 120_000;

/**
 * Whether an outgoing message that the provider shows is one of our own sends: by its id, else by
 * text and chat within two minutes of the provider's time. It settles that send.
 */
export async function settleEcho(
  ports: Pick<LanePorts, "outgoing" | "providerRefs" | "now" | "tellSent">,
  event: MessageEvent,
  conversation: Conversation,
): Promise<boolean> {
  const { messageId } = event;
  if (messageId === undefined) return false;
  const ref = await ports.providerRefs.read(providerRefId(conversation.channelId, messageId));
  if (ref?.outgoingId !== undefined) return true;
  const recent = await ports.outgoing.readRecent(
    conversation._id,
    "replies",
    new Date(shownAt(event, ports.now()) - echoWithinMs),
  );
  const own = recent.find((outgoing) => isSame(outgoing, event));
  if (own === undefined) return false;
  await recordSent(ports, { outgoing: own, attempt: own.attempt, providerMessageId: messageId });
  return true;
}

/** By its own time: read late, after an outage, it is still ours. */
function shownAt({ at }: MessageEvent, now: number): number {
  const told = Date.parse(at ?? "");
  return Number.isNaN(told) ? now : Math.min(told, now);
}

/** One that has another id is another message with the same words; the id may just have been recorded. */
function isSame(
  { command, providerMessageId }: Outgoing,
  { text, messageId }: MessageEvent,
): boolean {
  if (providerMessageId !== undefined) return providerMessageId === messageId;
  if (text === undefined) return false;
  if (command.type === "text" || command.type === "buttons" || command.type === "list")
    return text.startsWith(command.text);
  return "caption" in command && command.caption === text;
}
