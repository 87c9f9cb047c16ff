import type { Event, Normalized } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { normalizeMessage } from "./normalize-message.ts";
import { normalizeReceipt } from "./normalize-receipt.ts";
import { normalizeQuota, normalizeState } from "./normalize-state.ts";
import { readWebhook, type WireWebhook } from "./wire.ts";

type Read = (webhook: WireWebhook) => Event | undefined;

// https://green-api.com/en/docs/api/receiving/notifications-format/type-webhook/
const types: ReadonlyMap<string, Read> = new Map<string, Read>([
  ["incomingMessageReceived", (webhook) => normalizeMessage(webhook, undefined)],
  ["outgoingMessageReceived", (webhook) => normalizeMessage(webhook, "phone")],
  ["outgoingAPIMessageReceived", (webhook) => normalizeMessage(webhook, "api")],
  ["outgoingMessageStatus", normalizeReceipt],
  ["stateInstanceChanged", normalizeState],
  ["statusInstanceChanged", normalizeState],
  ["quotaExceeded", normalizeQuota],
  ["incomingCall", (webhook) => normalizeCall(webhook, webhook.from)],
  ["outgoingCall", (webhook) => normalizeCall(webhook, webhook.to ?? webhook.from)],
]);

/** What a body of Green API's became; one body is one event. */
export const normalize = (body: unknown): Normalized => {
  const webhook = readWebhook(body);
  if (webhook?.typeWebhook === undefined) return { ignored: "not a Green API webhook" };
  // The same vendor's other messengers have other ids: https://green-api.com/v3/docs/api/
  if (webhook.instanceData?.typeInstance === "v3") return { ignored: "not a WhatsApp instance" };
  if (isBroadcast(webhook)) return { ignored: "a status broadcast, nobody's conversation" };
  const read = types.get(webhook.typeWebhook);
  if (read === undefined) return { ignored: `unknown type ${webhook.typeWebhook}` };
  return { events: [read(webhook) ?? reportOddity(webhook)] };
};

const isBroadcast = ({ senderData, chatId }: WireWebhook): boolean =>
  (senderData?.chatId ?? chatId)?.endsWith("@broadcast") === true;

const normalizeCall = (webhook: WireWebhook, peer: string | undefined): Event =>
  compact({
    kind: "call",
    status: webhook.status ?? "unknown",
    messageId: webhook.idMessage,
    chatId: webhook.chatId ?? peer,
    senderId: webhook.from,
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
  });

const reportOddity = (webhook: WireWebhook): Event =>
  compact({
    kind: "provider_error",
    reason: `${webhook.typeWebhook} that lacks what it speaks of`,
    messageId: webhook.idMessage,
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
  });
