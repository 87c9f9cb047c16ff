import type { Event, MessageEvent } from "./event.ts";

/** Whose conversation an event belongs to: its chat, or its sender where the body names no chat. */
export function peerOf(event: Event): string | undefined {
  if (event.kind === "message" && event.direction === "out") return event.chatId;
  return belongsToChannel.has(event.kind) ? undefined : (event.chatId ?? event.senderId);
}

const belongsToChannel: ReadonlySet<Event["kind"]> = new Set([
  "status",
  "account_state",
  "provider_error",
]);

/**
 * The event's own name within its channel: the same message in any number of webhooks has the same.
 * Undefined where the provider gave no id: then `weakKey` holds.
 */
export function eventKey(event: Event): string | undefined {
  if (event.messageId === undefined) return undefined;
  if (event.kind === "message") return `message|${event.messageId}${discriminator(event)}`;
  const status = "status" in event ? `|${event.status}` : "";
  return `${event.kind}|${event.messageId}${status}`;
}

/** Some providers give an edit, a deletion or an echo the id of the message it speaks of. */
function discriminator(event: MessageEvent): string {
  const side = event.direction === "out" ? `|out-${event.origin ?? "phone"}` : "";
  if (event.type !== "edit" && event.type !== "delete") return side;
  // Wazzup dates an edit as the message: what it says tells several apart.
  return `${side}|${event.type}|${event.at ?? ""}${event.text === undefined ? "" : `|${event.text}`}`;
}

/** Contact, text and the provider's time; where that is missing, the minute of arrival: a repeat within it counts once. */
export const weakKey = (event: Event, arrivedAt: Date): string =>
  JSON.stringify([
    "weak",
    event.kind,
    peerOf(event) ?? "",
    event.senderId ?? "",
    event.kind === "message" ? [event.type, event.text ?? "", event.payload ?? ""] : [],
    event.at ?? Math.floor(arrivedAt.getTime() / 60_000),
  ]);

/** A group or a channel: the chat is not the person who writes. */
export const isGroup = (event: MessageEvent): boolean =>
  event.chatId !== undefined &&
  event.senderId !== undefined &&
  event.chatId !== event.senderId &&
  !(event.identities ?? []).includes(event.senderId);
