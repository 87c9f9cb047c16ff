import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { WireWebhook } from "./wire.ts";

/** The instance's state, in the provider's words. */
export const normalizeState = (webhook: WireWebhook): Event =>
  compact({
    kind: "account_state",
    state: webhook.stateInstance ?? webhook.statusInstance,
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
  });

const quotaAdvice =
  "messages of further chats do not arrive until the month ends or the plan grows.";

/** The plan's limit. Its description lists customers' numbers, so that it is left out. */
export const normalizeQuota = (webhook: WireWebhook): Event =>
  compact({
    kind: "account_state",
    state: "quota_exceeded",
    reason: [webhook.quotaData?.status ?? webhook.quotaData?.method, quotaAdvice]
      .filter(Boolean)
      .join(": "),
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
  });

// https://green-api.com/en/docs/api/receiving/notifications-format/StateInstanceChanged/
const effects: ReadonlyMap<string, "pause" | "resume" | "alert"> = new Map([
  ["notAuthorized", "pause"],
  ["blocked", "pause"],
  ["suspended", "pause"],
  ["yellowCard", "pause"],
  ["authorized", "resume"],
  ["quota_exceeded", "alert"],
]);

/** `starting` and `sleepMode` pass by themselves. */
export const accountEffect = (state: string) => effects.get(state);

/** HTTP 400 "not authorized": https://green-api.com/en/docs/api/common-errors/ */
export const stateCodes: readonly string[] = ["400"];
