import type { Event } from "#shared/domain/event.ts";
import type { Rank } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
import { advise } from "./errors.ts";
import type { WireWebhook } from "./wire.ts";

/** One delivery receipt; one that names no message settles nothing. */
export const normalizeReceipt = (webhook: WireWebhook): Event | undefined => {
  const { idMessage, status, chatId, description, timestamp, instanceData } = webhook;
  if (idMessage === undefined || status === undefined) return undefined;
  const isFailed = rankOf(status) === "failed";
  return compact({
    kind: "status",
    status,
    messageId: idMessage,
    chatId,
    channelId: instanceData?.idInstance,
    at: timestamp,
    errorCode: isFailed ? status : undefined,
    reason: isFailed ? (description ?? advise(status).advice) : description,
    retryable: isFailed ? advise(status).retryable : undefined,
  });
};

// https://green-api.com/en/docs/api/receiving/notifications-format/outgoing-message/OutgoingMessageStatus/
const ranks: ReadonlyMap<string, Rank | "failed"> = new Map([
  ["pending", "queued"],
  // The spam brake: the message stays in Green API's queue for 24 hours.
  ["yellowCard", "queued"],
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["failed", "failed"],
  ["fail", "failed"],
  ["noAccount", "failed"],
  ["notInGroup", "failed"],
]);

/** Green API's status words on our scale. */
export const rankOf = (status: string): Rank | "failed" | undefined => ranks.get(status);
