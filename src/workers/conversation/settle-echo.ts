import { isMark } from "#shared/domain/command.ts";
import type { Conversation } from "#shared/domain/conversation.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { providerRefId } from "#shared/models/provider-refs.ts";
import { recordSent, type SettlingPorts } from "#workers/lanes/record-sent.ts";

const echoWithinMs = 120_000;

/**
 * Whether an outgoing message that the provider shows is one of our own sends: by its id, else by
 * text and chat within two minutes of the provider's time. It settles that send.
 */
export async function settleEcho(
  ports: SettlingPorts,
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
function isSame(outgoing: Outgoing, event: MessageEvent): boolean {
  const { command, providerMessageId } = outgoing;
  if (providerMessageId !== undefined) return providerMessageId === event.messageId;
  if (event.text === undefined) return isWordless(outgoing, event);
  if ("text" in command) return event.text.startsWith(command.text);
  return "caption" in command && command.caption === event.text;
}

const open: ReadonlySet<Outgoing["state"]> = new Set(["sending", "unknown", "held"]);
const files: ReadonlySet<string> = new Set(["image", "video", "audio", "document"]);

/** What has no words is known by its kind, and only while it is looked for; a file's kind goes by its name there. */
function isWordless({ command, state }: Outgoing, { type, origin }: MessageEvent): boolean {
  if (origin !== "api" || !open.has(state) || "text" in command || isMark(command)) return false;
  if ("caption" in command && command.caption !== undefined) return false;
  return command.type === type || (files.has(command.type) && files.has(type));
}
