import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import { advise } from "./errors.ts";
import { findCaller } from "./identify.ts";
import type { Change, WireCall, WireError, WireStatus } from "./wire.ts";

/** One delivery receipt; calls have receipts too. */
export const normalizeStatus = (status: WireStatus | null, change: Change): Event => {
  const word = status?.status;
  if (status === null || word === undefined)
    return reportOddity("a receipt without a status", change);
  const origin = {
    messageId: status.id,
    chatId: status.recipient_id ?? status.recipient_user_id,
    channelId: change.account,
    at: status.timestamp,
  };
  if (status.type === "call")
    return compact({ kind: "call", status: word, ...origin, chatId: undefined });
  if (status.id === undefined) return reportOddity("a receipt of no message", change);
  const error = status.errors[0] ?? undefined;
  return compact({
    kind: "status",
    ...origin,
    status: word,
    errorCode: error?.code,
    reason: error && explainError(error),
    retryable: error?.code === undefined ? undefined : advise(error.code).retryable,
    callback: status.biz_opaque_callback_data,
  });
};

/** One call, or the end of one. */
export const normalizeCall = (call: WireCall | null, change: Change): Event => {
  if (call === null) return reportOddity("a call of no shape", change);
  const peer = findCaller(call, change.value);
  return compact({
    kind: "call",
    status: call.status ?? call.event ?? "unknown",
    messageId: call.id,
    chatId: peer,
    senderId: call.from ?? call.from_user_id,
    channelId: change.account,
    at: call.timestamp,
  });
};

/** An error of the account that belongs to no message. */
export const normalizeError = (error: WireError | null, change: Change): Event =>
  compact({
    kind: "provider_error",
    errorCode: error?.code,
    reason: error === null ? "an error of no shape" : explainError(error),
    channelId: change.account,
  });

const explainError = (error: WireError): string | undefined =>
  [error.title ?? error.message, error.error_data?.details ?? error.details]
    .filter((one) => one !== undefined)
    .join(": ") || undefined;

const reportOddity = (reason: string, change: Change): Event =>
  compact({ kind: "provider_error", reason, channelId: change.account });
