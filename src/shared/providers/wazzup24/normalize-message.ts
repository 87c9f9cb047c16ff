import type { Event, MessageEvent } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { readContent } from "./message-types.ts";
import type { WireMessage } from "./wire.ts";

/** One message, of the customer or of a colleague who wrote elsewhere. */
export const normalizeMessage = (message: WireMessage | null): Event => {
  if (message?.chatId === undefined) return reportOddity(message);
  const common = {
    kind: "message",
    ...readContent(message),
    messageId: message.messageId,
    chatId: message.chatId,
    channelId: message.channelId,
    at: message.dateTime,
    errorCode: message.error?.error,
  } as const;
  if (isOut(message))
    return compact({ ...common, direction: "out", origin: originOf(message), ...chatOf(message) });
  return compact({ ...common, direction: "in", ...senderOf(message, message.chatId) });
};

/** An echo says so; a body without the mark tells it by its status. */
const isOut = ({ isEcho, status = "inbound" }: WireMessage): boolean =>
  isEcho ?? status !== "inbound";

/** Written in Wazzup's own chats or the CRM's window, else on the phone. */
const originOf = ({
  sentFromApp,
  authorId,
  authorName,
}: WireMessage): NonNullable<MessageEvent["origin"]> =>
  sentFromApp === true || authorId !== undefined || authorName !== undefined ? "app" : "phone";

const groups: ReadonlySet<string> = new Set(["whatsgroup", "telegroup"]);

const senderOf = (message: WireMessage, chatId: string) => {
  const { contact, chatType = "" } = message;
  if (groups.has(chatType))
    return { senderId: memberOf(message, chatId), name: contact?.name, phone: undefined };
  return { senderId: chatId, name: contact?.name, ...chatOf(message), phone: phoneOf(message) };
};

/** Who wrote in a group is not told but by name: enough to know that the chat is no person. */
const memberOf = ({ contact }: WireMessage, chatId: string): string =>
  contact?.phone ?? contact?.username ?? contact?.name ?? `${chatId}#member`;

const chatOf = ({ chatId, chatType = "" }: WireMessage) => ({
  identities: chatId === undefined || groups.has(chatType) ? undefined : [chatId],
});

/** WhatsApp's and Viber's chat ids are numbers: https://wazzup24.com/help/webhooks/ */
const phoneOf = ({ chatId, chatType = "", contact }: WireMessage): string | undefined => {
  const isNumber = chatType === "whatsapp" || chatType === "viber";
  const digits = (isNumber ? chatId : contact?.phone)?.replaceAll(/\D/g, "");
  return digits === "" ? undefined : digits;
};

const reportOddity = (message: WireMessage | null): Event =>
  compact({
    kind: "provider_error",
    reason: "a message that names no chat",
    messageId: message?.messageId,
    channelId: message?.channelId,
    at: message?.dateTime,
  });
