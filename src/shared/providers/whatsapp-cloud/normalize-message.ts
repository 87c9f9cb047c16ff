import type { Event, MessageEvent, Referral } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { FindContact } from "./directory.ts";
import { findEchoChat, identifySender } from "./identify.ts";
import { readContent, type Reading } from "./message-types.ts";
import type { Change, WireMessage } from "./wire.ts";

/** One message of a customer. Without a sender it is nobody's conversation: an error to look at. */
export const normalizeMessage = (
  message: WireMessage | null,
  change: Change,
  findContact: FindContact,
): Event => {
  if (message === null) return reportOddity(message, change);
  const sender = identifySender(message, findContact);
  const chatId = message.group_id ?? sender.id;
  if (chatId === undefined) return reportOddity(message, change);
  const isGroup = message.group_id !== undefined;
  return compact({
    ...describeMessage(message, change),
    direction: "in",
    chatId,
    senderId: sender.id,
    name: sender.name,
    username: sender.username,
    phone: sender.phone,
    address: isGroup ? undefined : sender.address,
    referral: readReferral(message),
    identities: isGroup || sender.identities.length === 0 ? undefined : sender.identities,
  });
};

/** https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components: click-to-WhatsApp. */
const readReferral = ({ referral }: WireMessage): Referral | undefined =>
  referral &&
  compact({
    source: referral.source_type,
    id: referral.source_id,
    url: referral.source_url,
    headline: referral.headline,
  });

/** One message that a person sent from the Business app, or another tool through the API. */
export const normalizeEcho = (message: WireMessage | null, change: Change): Event => {
  const chatId = message === null ? undefined : findEchoChat(message);
  if (message === null || chatId === undefined) return reportOddity(message, change);
  return compact({
    ...describeMessage(message, change),
    direction: "out",
    origin: change.field === "smb_message_echoes" ? "phone" : "api",
    chatId,
    senderId: message.from,
  });
};

type Described = Omit<MessageEvent, "direction">;

/**
 * One message of a chat that ran before the number came to the API, up to 180 days old
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history).
 */
export const normalizePast = (
  message: WireMessage | null,
  peer: string | undefined,
  change: Change,
): Event => {
  if (message === null || peer === undefined) return reportOddity(message, change);
  const isIn = message.from === peer;
  return compact({
    ...describeMessage(message, change),
    direction: isIn ? "in" : "out",
    origin: isIn ? undefined : "phone",
    chatId: peer,
    senderId: message.from,
    phone: /^\d+$/.test(peer) ? peer : undefined,
    identities: [peer],
  });
};

/** What another app answers, or nobody any more: kept, and no bot hears it. */
const keptFields: ReadonlySet<string> = new Set(["history", "standby"]);

const describeMessage = (message: WireMessage, change: Change): Described => {
  // Without an id its effects could not be told from a repetition's.
  const reading: Reading =
    message.id === undefined ? { type: "unsupported" } : readContent(message);
  return compact({
    kind: "message",
    ...reading,
    replyTo: reading.replyTo ?? message.context?.id,
    errorCode: message.errors[0]?.code,
    messageId: message.id,
    channelId: change.account,
    at: message.timestamp,
    isOnlyKept: keptFields.has(change.field) || undefined,
  });
};

const reportOddity = (message: WireMessage | null, change: Change): Event =>
  compact({
    kind: "provider_error",
    reason: "a message that names nobody",
    messageId: message?.id,
    channelId: change.account,
    at: message?.timestamp,
  });
