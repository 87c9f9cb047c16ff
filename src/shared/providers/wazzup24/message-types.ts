import type { Media, MessageType, SharedContact, SharedLocation } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { findContacts, findLocation } from "./find-shared.ts";
import type { WireMessage } from "./wire.ts";

/** What a message says, apart from who says it and when. */
export interface Reading {
  readonly type: MessageType;
  readonly text?: string | undefined;
  readonly media?: Media | undefined;
  readonly location?: SharedLocation | undefined;
  readonly contacts?: readonly SharedContact[] | undefined;
  readonly replyTo?: string | undefined;
}

// https://wazzup24.com/help/webhooks/ : a sticker is an image, a poll and a pressed button are texts.
const types: ReadonlyMap<string, MessageType> = new Map<string, MessageType>([
  ["text", "text"],
  ["wapi_template", "text"],
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["document", "document"],
  ["geo", "location"],
  ["vcard", "contacts"],
  ["missing_call", "call"],
]);

/** A change names the message that it changes by that message's own id. */
export const readContent = (message: WireMessage): Reading => {
  const { messageId, text, isEdited, isDeleted } = message;
  if (isDeleted === true) return { type: "delete", replyTo: messageId };
  const media = readMedia(message);
  if (isEdited === true) return { type: "edit", text, media, replyTo: messageId };
  const type = typeOf(message);
  return {
    type,
    text,
    media,
    ...(type === "location" && { location: findLocation(text) }),
    ...(type === "contacts" && { contacts: findContacts(text) }),
    replyTo: message.quotedMessage?.messageId,
  };
};

/** Under an Instagram post it is a comment, whatever it consists of. */
const typeOf = ({ type, instPost }: WireMessage): MessageType =>
  instPost === undefined ? (types.get(type ?? "") ?? "unsupported") : "comment";

const readMedia = ({ contentUri }: WireMessage): Media | undefined => {
  if (contentUri === undefined) return undefined;
  const fileName = URL.parse(contentUri)?.searchParams.get("filename") ?? undefined;
  return compact({ url: contentUri, fileName });
};
