import { z } from "zod";
import {
  at,
  filled,
  id,
  items,
  latitude,
  line,
  longitude,
  part,
  peerId,
  text,
  word,
} from "#shared/providers/wire-fields.ts";

/** A pressed button; four spellings are in use. */
const press = part({
  stanzaId: id,
  selectedId: text,
  selectedButtonId: text,
  selectedDisplayText: text,
  selectedButtonText: text,
});

/** A message that carries buttons or a list, usually another business's or the echo of ours. */
const choices = part({ contentText: filled, body: filled, titleText: filled });

const stanza = part({ stanzaId: id });

const card = { displayName: line, vcard: filled };

const messageData = z.object({
  typeMessage: filled,
  textMessageData: part({ textMessage: text }),
  extendedTextMessageData: part({ text, stanzaId: id }),
  quotedMessage: stanza,
  fileMessageData: part({
    downloadUrl: filled,
    caption: filled,
    fileName: filled,
    mimeType: filled,
  }),
  locationMessageData: part({ nameLocation: line, address: line, latitude, longitude }),
  contactMessageData: part(card),
  messageData: part({ contacts: items(z.object(card)) }),
  pollMessageData: part({
    name: filled,
    stanzaId: id,
    votes: items(z.object({ optionName: text, optionVoters: z.array(text).catch([]) })),
  }),
  editedMessageData: part({ textMessage: filled, caption: filled, stanzaId: id }),
  deletedMessageData: stanza,
  interactiveButtonsResponse: press,
  templateButtonReplyMessage: press,
  templateButtonsReplyMessage: press,
  buttonsResponseMessage: press,
  listResponseMessage: part({
    stanzaId: id,
    title: text,
    singleSelectReply: z
      .union([text.pipe(z.string()), z.object({ selectedRowId: text })])
      .optional()
      .catch(undefined),
  }),
  buttonsMessage: choices,
  listMessage: choices,
  templateMessage: choices,
  interactiveButtons: choices,
  interactiveButtonsReply: choices,
});

const webhook = z.object({
  typeWebhook: word,
  instanceData: part({ idInstance: id, wid: filled, typeInstance: word }),
  timestamp: at,
  idMessage: id,
  senderData: part({
    chatId: peerId,
    chatName: line,
    sender: peerId,
    senderName: line,
    senderContactName: line,
  }),
  messageData: messageData.optional().catch(undefined),
  chatId: peerId,
  from: peerId,
  to: peerId,
  status: word,
  description: line,
  stateInstance: word,
  statusInstance: word,
  quotaData: part({ method: word, status: word }),
});

export type WireCard = NonNullable<WireMessageData["contactMessageData"]>;
export type WireMessageData = z.infer<typeof messageData>;
export type WirePress = NonNullable<z.infer<typeof press>>;
export type WireWebhook = z.infer<typeof webhook>;

/** The one event of a body, or undefined where the body is no object. */
export const readWebhook = (body: unknown): WireWebhook | undefined => webhook.safeParse(body).data;
