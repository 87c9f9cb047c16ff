import { randomUUID } from "node:crypto";
import {
  customerMessageSchema,
  defaultCustomer,
  mediaKinds,
  type CustomerMessage,
} from "#simulators/customer-message.ts";
import { messengerOf } from "./messengers.ts";
import type { WazzupChannel } from "./options.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Said {
  readonly channel: WazzupChannel;
  readonly nowMs: number;
}

/** `messages[]` for what a customer did: https://wazzup24.com/help/webhooks/ */
export function describeIncoming(said: CustomerMessage, { channel, nowMs }: Said) {
  const message = customerMessageSchema.parse(said);
  const { timestamp, replyTo } = message;
  return {
    messageId: message.messageId ?? randomUUID(),
    dateTime: new Date(timestamp === undefined ? nowMs : timestamp * 1000).toISOString(),
    channelId: channel.channelId,
    chatType: messengerOf(channel.transport),
    chatId: (message.from ?? defaultCustomer).replace(/^\+/, ""),
    isEcho: false,
    contact: { name: message.name ?? "Test Customer" },
    status: "inbound",
    ...(replyTo === undefined ? {} : { quotedMessage: { messageId: replyTo } }),
    ...describeContent(message),
  };
}

/** A pressed button comes as text, its payload or its label; a sticker as a picture. */
function describeContent(message: CustomerMessage): Fields {
  const { button, list, location } = message;
  if (button !== undefined) return { type: "text", text: button.id };
  if (list !== undefined) return { type: "text", text: list.title };
  if (location !== undefined) {
    const { latitude, longitude } = location;
    return { type: "geo", text: `https://maps.example.test/?q=${latitude},${longitude}` };
  }
  for (const kind of mediaKinds) {
    const media = message[kind];
    if (media === undefined) continue;
    const fileName = media.fileName ?? (kind === "sticker" ? "sticker.was" : `${kind}-0001`);
    const uri = new URL(media.link ?? `https://store.example.test/${media.id ?? kind}/`);
    uri.searchParams.set("filename", fileName);
    const { caption } = media;
    return {
      type: kind === "sticker" ? "image" : kind,
      contentUri: uri.toString(),
      ...(caption === undefined ? {} : { text: caption }),
    };
  }
  return { type: "text", text: message.text ?? "Hello" };
}

export interface Echo {
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
  readonly messageId?: string;
  readonly text?: string;
  readonly contentUri?: string;
  /** Written in Wazzup's own chat, by this colleague; else on the phone. */
  readonly author?: string;
  readonly nowMs: number;
}

/** `messages[]` for what went out by another way than this API. */
export function describeEcho({ nowMs, author, messageId, ...echo }: Echo) {
  return {
    ...echo,
    messageId: messageId ?? randomUUID(),
    dateTime: new Date(nowMs).toISOString(),
    type: echo.contentUri === undefined ? "text" : "image",
    isEcho: true,
    sentFromApp: author !== undefined,
    status: "sent",
    contact: { name: "Test Customer" },
    ...(author === undefined ? {} : { authorName: author }),
  };
}
