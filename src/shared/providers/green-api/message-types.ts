import type { Media, MessageType, SharedContact, SharedLocation } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readLocation } from "#shared/providers/read-location.ts";
import { readVcard } from "#shared/providers/read-vcard.ts";
import type { WireCard, WireMessageData, WirePress } from "./wire.ts";

/** What a message says, apart from who says it and when. */
export interface Reading {
  readonly type: MessageType;
  readonly text?: string | undefined;
  readonly media?: Media | undefined;
  readonly location?: SharedLocation | undefined;
  readonly contacts?: readonly SharedContact[] | undefined;
  readonly payload?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly errorCode?: string | undefined;
}

/** Reads a message by its type; what is unknown or lacks its data is unsupported. */
export const readContent = (data: WireMessageData | undefined): Reading => {
  if (data === undefined) return { type: "unsupported" };
  const reading = types.get(data.typeMessage ?? guessType(data))?.(data) || undefined;
  if (reading === undefined) return { type: "unsupported" };
  const replyTo = reading.replyTo ?? findQuoted(data);
  return { ...reading, ...findMarker(data, reading), replyTo };
};

/** The documented short bodies leave the type out. */
const guessType = (data: WireMessageData): string =>
  data.textMessageData === undefined ? "extendedTextMessage" : "textMessage";

const findQuoted = (data: WireMessageData): string | undefined =>
  data.quotedMessage?.stanzaId ?? data.extendedTextMessageData?.stanzaId;

const marker = /^\{\{(SWE\d{3})\}\}$/;

/**
 * Green API's own errors come as text or as a file's address
 * (https://green-api.com/en/docs/api/receiving/notifications-format/incoming-message/Webhook-IncomingMessageReceived/).
 */
const findMarker = (data: WireMessageData, reading: Reading): Partial<Reading> => {
  const inText = marker.exec(reading.text ?? "")?.[1];
  const inFile = marker.exec(data.fileMessageData?.downloadUrl ?? "")?.[1];
  const errorCode = inText ?? inFile;
  return errorCode === undefined ? {} : { type: "provider_error", errorCode };
};

type Read = (data: WireMessageData) => Reading | false | undefined;

const file =
  (type: MessageType): Read =>
  ({ fileMessageData: found }) =>
    found && { type, text: found.caption, media: readMedia(found) };

const pressed = (press: WirePress | undefined): Reading | undefined =>
  press && {
    type: "button_reply",
    text: press.selectedDisplayText ?? press.selectedButtonText,
    payload: press.selectedId ?? press.selectedButtonId,
    replyTo: press.stanzaId,
  };

const button: Read = (data) =>
  pressed(
    data.interactiveButtonsResponse ??
      data.templateButtonReplyMessage ??
      data.templateButtonsReplyMessage ??
      data.buttonsResponseMessage,
  );

const extended: Read = ({ extendedTextMessageData: found }) =>
  found?.text !== undefined && { type: "text", text: found.text };

/** A message with choices is read as the text above them. */
const choices: Read = (data) => {
  const found =
    data.interactiveButtonsReply ??
    data.interactiveButtons ??
    data.buttonsMessage ??
    data.listMessage ??
    data.templateMessage;
  return found && { type: "text", text: found.contentText ?? found.body ?? found.titleText };
};

// https://green-api.com/en/docs/api/receiving/notifications-format/incoming-message/Webhook-IncomingMessageReceived/
const types: ReadonlyMap<string, Read> = new Map<string, Read>([
  [
    "textMessage",
    ({ textMessageData: found }) =>
      found?.textMessage !== undefined && { type: "text", text: found.textMessage },
  ],
  ["extendedTextMessage", extended],
  ["quotedMessage", extended],
  ["imageMessage", file("image")],
  ["videoMessage", file("video")],
  ["documentMessage", file("document")],
  ["audioMessage", file("audio")],
  ["stickerMessage", file("sticker")],
  [
    "locationMessage",
    ({ locationMessageData: found }) => ({
      type: "location",
      location: readLocation({ ...found, name: found?.nameLocation }),
    }),
  ],
  [
    "contactMessage",
    ({ contactMessageData: found }) => ({ type: "contacts", contacts: readCards([found]) }),
  ],
  [
    "contactsArrayMessage",
    ({ messageData: found }) => ({ type: "contacts", contacts: readCards(found?.contacts ?? []) }),
  ],
  [
    "reactionMessage",
    ({ extendedTextMessageData: found }) => ({ type: "reaction", text: found?.text || undefined }),
  ],
  ["pollMessage", ({ pollMessageData: found }) => found && { type: "poll", text: found.name }],
  [
    "pollUpdateMessage",
    ({ pollMessageData: found }) =>
      found && { type: "poll_update", text: found.name, replyTo: found.stanzaId },
  ],
  [
    "editedMessage",
    ({ editedMessageData: found }) =>
      found && { type: "edit", text: found.textMessage ?? found.caption, replyTo: found.stanzaId },
  ],
  [
    "deletedMessage",
    ({ deletedMessageData: found }) => found && { type: "delete", replyTo: found.stanzaId },
  ],
  ["interactiveButtonsResponse", button],
  ["templateButtonsReplyMessage", button],
  ["templateButtonReplyMessage", button],
  ["buttonsResponseMessage", button],
  [
    "listResponseMessage",
    ({ listResponseMessage: found }) =>
      found && {
        type: "list_reply",
        text: found.title,
        payload: readRow(found.singleSelectReply),
        replyTo: found.stanzaId,
      },
  ],
  ["buttonsMessage", choices],
  ["listMessage", choices],
  ["templateMessage", choices],
  ["interactiveButtons", choices],
  ["interactiveButtonsReply", choices],
]);

/** The row's id stands bare or in an object of its own. */
const readRow = (reply: string | { selectedRowId?: string | undefined } | undefined) =>
  typeof reply === "object" ? reply.selectedRowId : reply;

const mostCards = 20;

/** The name beside a card is the one that the phone shows. */
const readCards = (
  cards: readonly (WireCard | null | undefined)[],
): readonly SharedContact[] | undefined => {
  const read = cards
    .filter((card) => card !== null && card !== undefined)
    .slice(0, mostCards)
    .map(({ displayName, vcard = "" }) => ({
      ...readVcard(vcard),
      ...(displayName !== undefined && { name: displayName }),
    }));
  return read.length === 0 ? undefined : read;
};

type WireFile = NonNullable<WireMessageData["fileMessageData"]>;

const readMedia = ({ downloadUrl, mimeType, fileName }: WireFile): Media =>
  compact({
    url: marker.test(downloadUrl ?? "") ? undefined : downloadUrl,
    mimeType,
    fileName,
  });
