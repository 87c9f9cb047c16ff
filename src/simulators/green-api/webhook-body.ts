import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  customerMessageSchema,
  defaultCustomer,
  mediaKinds,
  type CustomerMessage,
} from "#simulators/customer-message.ts";

type Fields = Record<string, unknown>;

export interface Instance {
  readonly idInstance: string;
  readonly wid: string;
}

export function makeMessageId(): string {
  return `3EB0${randomBytes(8).toString("hex").toUpperCase()}`;
}

/** What every notification begins with. */
export function describeInstance({ idInstance, wid }: Instance) {
  return { idInstance: Number(idInstance), wid, typeInstance: "whatsapp" };
}

/** A phone becomes a personal chat; ids of groups and hidden numbers stay. */
function chatOf(peer: string): string {
  return peer.includes("@") ? peer : `${peer.replace(/^\+/, "")}@c.us`;
}

/** `incomingMessageReceived` for what a customer did. */
export function describeIncoming(said: CustomerMessage, instance: Instance, nowMs: number) {
  const message = customerMessageSchema.parse(said);
  const chatId = chatOf(message.from ?? defaultCustomer);
  const name = message.name ?? "Test Customer";
  const senderName = { chatName: name, sender: chatId, senderName: name, senderContactName: "" };
  return {
    typeWebhook: "incomingMessageReceived",
    instanceData: describeInstance(instance),
    timestamp: message.timestamp ?? Math.floor(nowMs / 1000),
    idMessage: message.messageId ?? makeMessageId(),
    senderData: { chatId, ...senderName },
    messageData: describeContent(message),
  };
}

/** The same in the journals' form: https://green-api.com/en/docs/api/journals/LastIncomingMessages/ */
export function describeRecorded(messageData: Fields): Fields {
  const {
    textMessageData,
    extendedTextMessageData,
    fileMessageData,
    locationMessageData,
    ...rest
  } = recordedSchema.parse(messageData);
  const { text, ...others } = extendedTextMessageData ?? {};
  return {
    ...rest,
    ...textMessageData,
    ...fileMessageData,
    ...(text === undefined ? {} : { textMessage: text, extendedTextMessage: { text, ...others } }),
    ...(locationMessageData === undefined ? {} : { location: locationMessageData }),
  };
}

const fields = z.looseObject({}).optional();
const recordedSchema = z.looseObject({
  textMessageData: fields,
  extendedTextMessageData: z.looseObject({ text: z.string() }).optional(),
  fileMessageData: fields,
  locationMessageData: fields,
});

function describeContent(message: CustomerMessage): Fields & { typeMessage: string } {
  const stanzaId = message.replyTo ?? "";
  const { button, list, location } = message;
  if (button !== undefined) return describeButtonPress(button, stanzaId);
  if (list !== undefined) {
    const listResponseMessage = { stanzaId, title: list.title, singleSelectReply: list.id };
    return { typeMessage: "listResponseMessage", listResponseMessage };
  }
  if (location !== undefined) {
    const place = { nameLocation: "", address: "", jpegThumbnail: "", isForwarded: false };
    const locationMessageData = { ...place, ...location };
    return { typeMessage: "locationMessage", locationMessageData };
  }
  for (const kind of mediaKinds) {
    const media = message[kind];
    if (media !== undefined) return describeMedia(kind, media);
  }
  const textMessage = message.text ?? "Hello";
  if (message.replyTo === undefined) {
    return {
      typeMessage: "textMessage",
      textMessageData: { textMessage, isTemplateMessage: false },
    };
  }
  const quoted = { stanzaId, participant: "" };
  const extendedTextMessageData = { text: textMessage, ...quoted };
  return { typeMessage: "quotedMessage", extendedTextMessageData, quotedMessage: quoted };
}

function describeButtonPress(button: { id: string; title: string }, stanzaId: string) {
  const pressed = { selectedId: button.id, selectedDisplayText: button.title };
  const interactiveButtonsResponse = { stanzaId, ...pressed, selectedIndex: 0 };
  return { typeMessage: "interactiveButtonsResponse", interactiveButtonsResponse };
}

type Media = NonNullable<CustomerMessage["image"]>;

function describeMedia(kind: (typeof mediaKinds)[number], media: Media) {
  const fileMessageData = {
    downloadUrl: media.link ?? `https://media.example.test/${media.id ?? kind}`,
    caption: media.caption ?? "",
    fileName: media.fileName ?? `${kind}-0001`,
    jpegThumbnail: "",
    mimeType: media.mimeType ?? "application/octet-stream",
    forwardingScore: 0,
    isForwarded: false,
  };
  return { typeMessage: `${kind}Message`, fileMessageData };
}
