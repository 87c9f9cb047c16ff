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

/** The plan's limit. Its description lists customers' numbers, so that it is left out. */
export const normalizeQuota = (webhook: WireWebhook): Event =>
  compact({
    kind: "account_state",
    state: "quota_exceeded",
    reason: webhook.quotaData?.status ?? webhook.quotaData?.method,
    channelId: webhook.instanceData?.idInstance,
    at: webhook.timestamp,
  });

// https://green-api.com/en/docs/api/receiving/notifications-format/StateInstanceChanged/
const effects: ReadonlyMap<string, "pause" | "resume"> = new Map([
  ["notAuthorized", "pause"],
  ["blocked", "pause"],
  ["suspended", "pause"],
  ["yellowCard", "pause"],
  ["authorized", "resume"],
]);

/** `starting` and `sleepMode` pass by themselves. */
export const accountEffect = (state: string): "pause" | "resume" | undefined => effects.get(state);

/** HTTP 400 "not authorized": https://green-api.com/en/docs/api/common-errors/ */
export const stateCodes: readonly string[] = ["400"];
