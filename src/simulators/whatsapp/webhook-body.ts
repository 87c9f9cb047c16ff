import { randomBytes } from "node:crypto";
import {
  customerMessageSchema,
  defaultCustomer,
  mediaKinds,
  type CustomerMessage,
} from "#simulators/customer-message.ts";
import { hashBytes } from "#simulators/media-store.ts";
import { bytesOf, typeOf } from "#simulators/sample-files.ts";
import type { BusinessNumber } from "./options.ts";

type Fields = Record<string, unknown>;

export interface Change {
  readonly number: BusinessNumber;
  readonly contacts?: readonly Fields[];
  readonly messages?: readonly Fields[];
  readonly statuses?: readonly Fields[];
}

export function makeWamid(): string {
  return `wamid.${randomBytes(42).toString("base64")}`;
}

/** The envelope around everything of field `messages`. */
export function webhookEnvelope(wabaId: string, changes: readonly Change[]) {
  return {
    object: "whatsapp_business_account",
    entry: [{ id: wabaId, changes: changes.map(describeChange) }],
  };
}

function describeChange({ number, ...updates }: Change) {
  const metadata = { display_phone_number: number.displayPhone, phone_number_id: number.id };
  return { value: { messaging_product: "whatsapp", metadata, ...updates }, field: "messages" };
}

/** A customer's message with its contact, as they stand in a change. */
export function describeCustomerMessage(said: CustomerMessage, to: BusinessNumber, nowMs: number) {
  const message = customerMessageSchema.parse(said);
  const from = message.from ?? defaultCustomer;
  const id = message.messageId ?? makeWamid();
  const seconds = message.timestamp ?? Math.floor(nowMs / 1000);
  const profile = { profile: { name: message.name ?? "Test Customer" } };
  const hidden = isUserId(from);
  return {
    id,
    from,
    atMs: seconds * 1000,
    contact: { ...profile, ...(hidden ? { user_id: from } : { wa_id: from }) },
    message: {
      ...(hidden ? { from_user_id: from } : { from }),
      id,
      timestamp: String(seconds),
      ...describeContent(message),
      ...(message.replyTo === undefined
        ? {}
        : { context: { from: to.displayPhone, id: message.replyTo } }),
    },
  };
}

/** Someone who hides the number behind a username is known by CC.alnum alone. */
export function isUserId(peer: string): boolean {
  return /^[A-Z]{2}\./.test(peer);
}

function describeContent(message: CustomerMessage): Fields {
  const { button, list, location } = message;
  if (button !== undefined) {
    return { type: "interactive", interactive: { type: "button_reply", button_reply: button } };
  }
  if (list !== undefined) {
    return { type: "interactive", interactive: { type: "list_reply", list_reply: list } };
  }
  if (location !== undefined) return { type: "location", location };
  for (const kind of mediaKinds) {
    const media = message[kind];
    if (media !== undefined) return { type: kind, [kind]: describeMedia(kind, media) };
  }
  return { type: "text", text: { body: message.text ?? "Hello" } };
}

type Media = NonNullable<CustomerMessage["image"]>;

export const defaultMediaId = "400000000000001";

function describeMedia(kind: (typeof mediaKinds)[number], media: Media): Fields {
  return {
    id: media.id ?? defaultMediaId,
    mime_type: typeOf(kind, media),
    sha256: hashBytes(bytesOf(kind, media)),
    ...(media.caption === undefined ? {} : { caption: media.caption }),
    ...(media.fileName === undefined ? {} : { filename: media.fileName }),
    ...(media.link === undefined ? {} : { url: media.link }),
    ...(kind === "audio" ? { voice: true } : {}),
  };
}
