import type { MessageEvent } from "#shared/domain/event.ts";

const botTypes: ReadonlySet<MessageEvent["type"]> = new Set([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "button_reply",
  "list_reply",
  "form_reply",
  "order",
  "story_mention",
  "comment",
]);

/** Reactions, edits, service notices and what we could not read are kept, but are no input. */
export const isForBot = (event: MessageEvent): boolean => botTypes.has(event.type);
