import { z } from "zod";
import type { Answer, HistoryCall } from "#shared/providers/provider.ts";
import { filled, id, items, part, peerId, text } from "#shared/providers/wire-fields.ts";
import { askFor } from "./ask-for.ts";

const content = part({ text, stanzaId: id });

/** The rest stands as in a webhook: https://green-api.com/en/docs/api/journals/LastIncomingMessages/ */
const recorded = z.looseObject({
  idMessage: id,
  timestamp: z.unknown().optional(),
  typeMessage: filled,
  chatId: peerId,
  senderId: peerId,
  senderName: text,
  senderContactName: text,
  isDeleted: z.unknown().optional(),
  textMessage: text,
  extendedTextMessage: content,
  extendedTextMessageData: content,
  downloadUrl: text,
  caption: text,
  fileName: text,
  mimeType: text,
});
type Recorded = z.infer<typeof recorded>;

/** The newest come first, up to 2 minutes late, and only what came in; the switch `incomingWebhook` must be on. */
export const history = async (call: HistoryCall): Promise<Answer<readonly Buffer[]>> => {
  const minutes = Math.ceil((call.now - call.since) / 60_000);
  const question = { name: "lastIncomingMessages", rest: `?minutes=${minutes}` };
  const { externalId } = call.account;
  return askFor(call, question, (body) => {
    if (!Array.isArray(body)) return undefined;
    const news = items(recorded)
      .parse(body)
      .filter((each) => each !== null)
      .filter(isNews);
    return news.toReversed().map((each) => toWebhook(externalId, each));
  });
};

/** Other switches decide whether these are posted, so that their absence says nothing. */
const changesOnly: ReadonlySet<string | undefined> = new Set([
  "editedMessage",
  "deletedMessage",
  "pollUpdateMessage",
]);

const isNews = ({ idMessage, typeMessage, isDeleted }: Recorded): boolean =>
  idMessage !== undefined && isDeleted !== true && !changesOnly.has(typeMessage);

/** The record has the fields of `messageData` bare, and some under other names. */
const toWebhook = (idInstance: string, message: Recorded): Buffer => {
  const { idMessage, timestamp, chatId, senderId, senderName, senderContactName } = message;
  const { textMessage, downloadUrl, caption, fileName, mimeType } = message;
  const webhook = {
    typeWebhook: "incomingMessageReceived",
    instanceData: { idInstance, typeInstance: "whatsapp" },
    timestamp,
    idMessage,
    senderData: { chatId, sender: senderId ?? chatId, senderName, senderContactName },
    messageData: {
      ...message,
      textMessageData: { textMessage },
      extendedTextMessageData: {
        text: textMessage,
        ...message.extendedTextMessage,
        ...message.extendedTextMessageData,
      },
      fileMessageData: { downloadUrl, caption, fileName, mimeType },
      locationMessageData: message["location"],
      contactMessageData: message["contact"],
      messageData: { contacts: message["contacts"] },
    },
  };
  return Buffer.from(JSON.stringify(webhook));
};
