import type { Media, MessageType, SharedContact, SharedLocation } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readLocation } from "#shared/providers/read-location.ts";
import { readCards } from "./read-cards.ts";
import type { WireContent, WireMedia, WireMessage } from "./wire.ts";

/** What a message says, apart from who says it and when. */
export interface Reading {
  readonly type: MessageType;
  readonly text?: string | undefined;
  readonly media?: Media | undefined;
  readonly location?: SharedLocation | undefined;
  readonly contacts?: readonly SharedContact[] | undefined;
  readonly payload?: string | undefined;
  readonly replyTo?: string | undefined;
}

/** Reads a message by its type; an unknown type or one without its object is unsupported. */
export const readContent = (message: WireMessage): Reading =>
  readChange(message) ?? readPlain(message) ?? { type: "unsupported" };

const readChange = ({ type, edit, revoke }: WireMessage): Reading | undefined => {
  if (type === "revoke" && revoke !== undefined) {
    return { type: "delete", replyTo: revoke.original_message_id };
  }
  if (type !== "edit" || edit === undefined) return undefined;
  const { text, media } = (edit.message && readPlain(edit.message)) ?? {};
  return { type: "edit", text, media, replyTo: edit.original_message_id };
};

type Read = (content: WireContent) => Reading | false | undefined;

const readPlain = (content: WireContent): Reading | undefined =>
  types.get(content.type ?? "")?.(content) || undefined;

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
const types: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["text", ({ text }) => text?.body !== undefined && { type: "text", text: text.body }],
  ["image", ({ image }) => image && { type: "image", ...readMedia(image) }],
  ["video", ({ video }) => video && { type: "video", ...readMedia(video) }],
  ["audio", ({ audio }) => audio && { type: "audio", ...readMedia(audio) }],
  ["document", ({ document }) => document && { type: "document", ...readMedia(document) }],
  ["sticker", ({ sticker }) => sticker && { type: "sticker", ...readMedia(sticker) }],
  [
    "location",
    ({ location }) => location && { type: "location", location: readLocation(location) },
  ],
  ["contacts", ({ contacts }) => contacts && { type: "contacts", contacts: readCards(contacts) }],
  [
    "reaction",
    ({ reaction }) =>
      reaction && { type: "reaction", text: reaction.emoji, replyTo: reaction.message_id },
  ],
  ["interactive", (content) => readInteractive(content)],
  [
    "button",
    ({ button }) => button && { type: "button_reply", text: button.text, payload: button.payload },
  ],
  ["order", ({ order }) => order && { type: "order", text: order.text }],
  ["system", () => ({ type: "system" })],
  ["request_welcome", () => ({ type: "system" })],
]);

const readMedia = (media: WireMedia): Pick<Reading, "text" | "media"> => ({
  text: media.caption,
  media: compact({
    id: media.id,
    url: media.url,
    mimeType: media.mime_type,
    fileName: media.filename,
    sha256: media.sha256,
  }),
});

const readInteractive = ({ interactive }: WireContent): Reading | undefined => {
  const { button_reply: button, list_reply: row, nfm_reply: form } = interactive ?? {};
  if (button) return { type: "button_reply", text: button.title, payload: button.id };
  if (row) return { type: "list_reply", text: row.title, payload: row.id };
  if (form) return { type: "form_reply", payload: form.response_json };
  return interactive?.type === "call_permission_reply" ? { type: "system" } : undefined;
};
