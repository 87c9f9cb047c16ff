import { z } from "zod";
import { filled, id, part } from "#shared/providers/wire-fields.ts";

/** https://green-api.com/en/docs/api/queues/ShowMessagesQueue/ ; older instances list the fields bare. */
const queued = z.object({
  messageID: id,
  idMessage: id,
  chatId: id,
  message: filled,
  fileName: filled,
  body: part({
    chatId: id,
    message: filled,
    body: filled,
    fileName: filled,
    caption: filled,
  }),
});

const choices = part({ contentText: filled, body: filled });

/** https://green-api.com/en/docs/api/journals/GetChatHistory/ */
const past = z.object({
  type: filled,
  idMessage: id,
  timestamp: z.number().catch(0),
  sendByApi: z.boolean().optional().catch(undefined),
  typeMessage: filled,
  textMessage: filled,
  extendedTextMessage: part({ text: filled }),
  extendedTextMessageData: part({ text: filled }),
  caption: filled,
  interactiveButtonsReply: choices,
  interactiveButtons: choices,
  templateMessage: choices,
});

/** A message that waits to be sent. */
export interface Queued {
  readonly id: string | undefined;
  readonly chatId: string | undefined;
  readonly isFile: boolean;
  readonly text: string | undefined;
}

/** A message that went out. */
export interface Past {
  readonly id: string | undefined;
  readonly timestamp: number;
  readonly isByApi: boolean;
  readonly isFile: boolean;
  readonly texts: readonly string[];
}

/** What waits to be sent, or undefined where the answer is no list. */
export const readQueue = (answer: unknown): readonly Queued[] | undefined =>
  z.array(queued).safeParse(answer).data?.map(toQueued);

const toQueued = ({ body, ...item }: z.infer<typeof queued>): Queued => {
  const isFile = (body?.fileName ?? item.fileName) !== undefined;
  return {
    id: item.messageID ?? item.idMessage,
    chatId: body?.chatId ?? item.chatId,
    isFile,
    text: isFile ? body?.caption : (body?.message ?? body?.body ?? item.message),
  };
};

/** What went out in a chat, newest first, or undefined where the answer is no list. */
export const readHistory = (answer: unknown): readonly Past[] | undefined =>
  z
    .array(past)
    .safeParse(answer)
    .data?.filter(({ type }) => type === "outgoing")
    .map(toPast);

const toPast = (item: z.infer<typeof past>): Past => {
  const { extendedTextMessage, extendedTextMessageData } = item;
  const choice = item.interactiveButtonsReply ?? item.interactiveButtons ?? item.templateMessage;
  const texts = [
    item.textMessage,
    extendedTextMessage?.text,
    extendedTextMessageData?.text,
    choice?.contentText,
    choice?.body,
    item.caption,
  ];
  return {
    id: item.idMessage,
    timestamp: item.timestamp,
    isByApi: item.sendByApi !== false,
    isFile: fileTypes.has(item.typeMessage ?? ""),
    texts: texts.filter((text) => text !== undefined),
  };
};

const fileTypes: ReadonlySet<string> = new Set([
  "imageMessage",
  "videoMessage",
  "audioMessage",
  "documentMessage",
]);
