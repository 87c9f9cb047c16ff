import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { Change } from "./wire.ts";

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
const accountFields: ReadonlySet<string> = new Set([
  "account_update",
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "business_capability_update",
  "phone_number_quality_update",
  "phone_number_name_update",
  "security",
]);

/** News of the account itself, in the provider's words: a ban's own state tells more than its event. */
export const normalizeAccountChange = ({ field, account, value }: Change): readonly Event[] => {
  if (!accountFields.has(field)) return [];
  return [
    compact({
      kind: "account_state",
      state: value.ban_info?.waba_ban_state ?? value.event ?? value.decision ?? field,
      reason: value.event === undefined ? field : `${field}: ${value.event}`,
      channelId: account,
    }),
  ];
};

const effects: ReadonlyMap<string, "pause" | "resume"> = new Map([
  ["DISABLE", "pause"],
  ["DISABLED_UPDATE", "pause"],
  ["ACCOUNT_DELETED", "pause"],
  ["PARTNER_REMOVED", "pause"],
  ["REINSTATE", "resume"],
]);

/** Only what stops sending for certain pauses; restrictions show themselves in the send's own error. */
export const accountEffect = (state: string): "pause" | "resume" | undefined => effects.get(state);
