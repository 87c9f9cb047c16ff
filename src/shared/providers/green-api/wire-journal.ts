import { z } from "zod";
import { filled, id, part } from "#shared/providers/wire-fields.ts";

const degrees = z.number().optional().catch(undefined);

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
    latitude: degrees,
    longitude: degrees,
    contact: z.unknown().optional(),
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
  pollMessageData: part({ name: filled }),
  location: part({ latitude: degrees, longitude: degrees }),
  contact: z.unknown().optional(),
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
    text: isFile ? body?.caption : (readBody(body) ?? item.message),
  };
};

const readBody = (body: z.infer<typeof queued>["body"]): string | undefined =>
  body?.message ?? body?.body ?? nameLocation(body) ?? nameContact(body?.contact);

/** A place as a text that no customer writes; some metres are no difference. */
export const nameLocation = (place: unknown): string | undefined => {
  const { latitude, longitude } = spot.safeParse(place).data ?? {};
  if (latitude === undefined || longitude === undefined) return undefined;
  return `geo:${latitude.toFixed(4)},${longitude.toFixed(4)}`;
};

/** A card by the name on it. */
export const nameContact = (contact: unknown): string | undefined => {
  const { displayName, firstName } = card.safeParse(contact).data ?? {};
  const name = displayName ?? firstName;
  return name === undefined ? undefined : `card:${name.trim()}`;
};

const spot = z.object({ latitude: degrees, longitude: degrees });
const card = z.object({ displayName: filled, firstName: filled });

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
    item.pollMessageData?.name,
    nameLocation(item.location),
    nameContact(item.contact),
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
