import type { Event } from "#shared/domain/event.ts";
import type { Rank } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
import { advise } from "./errors.ts";
import type { WireReceipt } from "./wire.ts";

/** One delivery receipt. It names no channel: a message's id is unique in all of Wazzup. */
export const normalizeReceipt = (receipt: WireReceipt | null): Event => {
  const { messageId, status, timestamp, error } = receipt ?? {};
  if (messageId === undefined || status === undefined)
    return compact({
      kind: "provider_error",
      reason: "a receipt of no message",
      messageId,
      at: timestamp,
    });
  return compact({ kind: "status", status, messageId, at: timestamp, ...explain(status, error) });
};

const explain = (status: string, error: WireReceipt["error"]) => {
  if (rankOf(status) !== "failed") return {};
  const { retryable, advice } = advise(error?.error ?? status);
  return { errorCode: error?.error ?? status, reason: error?.description ?? advice, retryable };
};

// https://wazzup24.com/help/webhooks/ : `edited` says nothing of how far it got.
const ranks: ReadonlyMap<string, Rank | "failed"> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["error", "failed"],
  ["failed", "failed"],
]);

/** Wazzup's status words on our scale. */
export const rankOf = (status: string): Rank | "failed" | undefined => ranks.get(status);
