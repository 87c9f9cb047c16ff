import type { Event, MessageType, Normalized } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { advise } from "./errors.ts";
import { rankOf } from "./normalize-receipt.ts";
import { readContact, readMessage, readStatus, type DocumentedMessage } from "./wire-documented.ts";

/** One event of the documented form; what lacks what it speaks of is named by its field. */
export const normalizeDocumented = (event: string, data: unknown): Normalized => {
  const read = events.get(event);
  if (read === undefined) return invalid("event", `Event ${event} is unknown`);
  return read(data);
};

const invalid = (field: string, message: string): Normalized => ({
  invalid: { errors: { [field]: message } },
});

const one = (event: Event): Normalized => ({ events: [event] });

const normalizeMessage = (data: unknown): Normalized => {
  const message = readMessage(data);
  const phone = digitsOf(message?.contact?.phone ?? message?.from);
  const chatId = message?.chatId ?? phone;
  if (message === undefined || chatId === undefined)
    return invalid("data.chatId", "Data.chatId is required");
  return one(
    compact({
      kind: "message",
      direction: "in",
      type: typeOf(message),
      text: message.text,
      media: message.file && compact(mediaOf(message.file)),
      messageId: message.id,
      chatId,
      at: message.timestamp,
      name: message.contact?.name,
      phone,
      identities: [chatId],
    }),
  );
};

const mediaOf = ({ url, name, size, mimeType }: NonNullable<DocumentedMessage["file"]>) => ({
  url,
  fileName: name,
  size,
  mimeType,
});

const types: ReadonlyMap<string, MessageType> = new Map<string, MessageType>([
  ["text", "text"],
  ["image", "image"],
  ["video", "video"],
  ["audio", "audio"],
  ["document", "document"],
]);

/** A `file` is what its kind of content says. */
const typeOf = ({ type, text, file }: DocumentedMessage): MessageType => {
  const known = types.get(type ?? "");
  if (known !== undefined) return known;
  if (file !== undefined) return types.get(file.mimeType?.split("/")[0] ?? "") ?? "document";
  return type === undefined && text !== undefined ? "text" : "unsupported";
};

const normalizeStatus = (data: unknown): Normalized => {
  const { messageId, status, timestamp, error } = readStatus(data) ?? {};
  if (messageId === undefined) return invalid("data.messageId", "Data.messageId is required");
  if (status === undefined) return invalid("data.status", "Data.status is required");
  const { advice, retryable } = advise(error ?? status);
  const failed = { errorCode: error ?? status, reason: advice, retryable };
  const more = rankOf(status) === "failed" ? failed : {};
  return one(compact({ kind: "status", status, messageId, at: timestamp, ...more }));
};

/** In the API a WhatsApp chat is called by its number. */
const normalizeContact = (data: unknown): Normalized => {
  const { phone, name, timestamp } = readContact(data) ?? {};
  const chatId = digitsOf(phone);
  if (chatId === undefined) return invalid("data.phone", "Data.phone is required");
  return one(compact({ kind: "contact", chatId, name, at: timestamp }));
};

const digitsOf = (phone: string | undefined): string | undefined =>
  phone?.replaceAll(/\D/g, "").slice(0, 32) || undefined;

const events: ReadonlyMap<string, (data: unknown) => Normalized> = new Map([
  ["message", normalizeMessage],
  ["status", normalizeStatus],
  ["contact", normalizeContact],
]);
