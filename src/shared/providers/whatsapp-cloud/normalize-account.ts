import type { Event } from "#shared/domain/event.ts";
import { compact } from "#shared/providers/compact.ts";
import type { Change, WireValue } from "./wire.ts";

interface News {
  readonly state: string | undefined;
  readonly reason?: string | undefined;
  /** The template that it is about. */
  readonly about?: string | undefined;
}

type Tell = (value: WireValue) => News;

// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview
const fields: ReadonlyMap<string, Tell> = new Map<string, Tell>([
  ["account_update", (value) => tellAccount(value)],
  ["account_alerts", (value) => tellAlert(value)],
  ["account_review_update", (value) => ({ state: value.decision })],
  ["account_settings_update", (value) => ({ state: value.event })],
  ["business_capability_update", (value) => ({ state: value.event })],
  ["phone_number_quality_update", (value) => tellQuality(value)],
  ["phone_number_name_update", (value) => tellName(value)],
  ["security", (value) => ({ state: value.event })],
  ["message_template_status_update", (value) => tellTemplate(value)],
  ["message_template_quality_update", (value) => tellTemplate(value)],
  ["message_template_components_update", (value) => tellTemplate(value)],
  ["template_category_update", (value) => tellTemplate(value)],
]);

/** News of the account itself, in the provider's words: a ban's own state tells more than its event. */
export const normalizeAccountChange = (change: Change): readonly Event[] => {
  const { field, account, business, at, value } = change;
  const news = fields.get(field)?.(value);
  if (news === undefined) return [];
  const { state = field, reason, about } = news;
  return [
    compact({
      kind: "account_state",
      state,
      reason: join([`${field}:`, value.event ?? state, reason]),
      about,
      channelId: account,
      businessId: business,
      phone: (value.display_phone_number ?? value.phone_number)?.replaceAll(/\D/g, "") || undefined,
      at,
    }),
  ];
};

const join = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== "").join(" ");

const tellAccount = ({ event, ban_info, violation_info, restriction_info }: WireValue): News => ({
  state: ban_info?.waba_ban_state ?? event,
  reason: join([
    violation_info?.violation_type,
    ...restriction_info.map((one) => one?.restriction_type),
  ]),
});

const tellAlert = ({ alert_info, ...flat }: WireValue): News => {
  const { alert_severity, alert_type, alert_description } = alert_info ?? flat;
  return {
    state: alert_severity === undefined ? undefined : `ALERT_${alert_severity}`,
    reason: join([alert_type, alert_description]),
    about: alert_type,
  };
};

const tellQuality = ({ event, ...value }: WireValue): News => ({
  state: event,
  reason: value.current_limit ?? value.max_daily_conversations_per_business,
});

const tellName = ({ decision, rejection_reason }: WireValue): News => ({
  state: decision === undefined ? undefined : `NAME_${decision}`,
  reason: rejection_reason,
});

/** A template's words are marked as such: DISABLED of a template stops no account. */
const tellTemplate = (value: WireValue): News => {
  const { message_template_name: name, message_template_language: language } = value;
  const quality = value.new_quality_score && `QUALITY_${value.new_quality_score}`;
  const category = value.new_category && "CATEGORY_CHANGED";
  const why = { ...value.other_info, ...value.rejection_info };
  return {
    state: `TEMPLATE_${value.event ?? quality ?? category ?? "UPDATED"}`,
    reason: join([
      name,
      language,
      value.reason === "NONE" ? undefined : value.reason,
      value.new_category,
      why.title,
      why.reason ?? why.description,
      why.recommendation,
    ]),
    about: join([name, language]),
  };
};

type Effect = "pause" | "resume" | "alert";

const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ["DISABLE", "pause"],
  ["DISABLED_UPDATE", "pause"],
  ["ACCOUNT_DELETED", "pause"],
  ["PARTNER_REMOVED", "pause"],
  ["REINSTATE", "resume"],
  ...[
    "SCHEDULE_FOR_DISABLE",
    "ACCOUNT_VIOLATION",
    "ACCOUNT_RESTRICTION",
    "PARTNER_APP_UNINSTALLED",
    "REJECTED",
    "FLAGGED",
    "DOWNGRADE",
    "NAME_REJECTED",
    "ALERT_WARNING",
    "ALERT_CRITICAL",
    "PIN_CHANGED",
    "PIN_RESET_REQUEST",
    "PIN_REQUEST_SUCCESS",
    "TEMPLATE_REJECTED",
    "TEMPLATE_PAUSED",
    "TEMPLATE_DISABLED",
    "TEMPLATE_FLAGGED",
    "TEMPLATE_LIMIT_EXCEEDED",
    "TEMPLATE_PENDING_DELETION",
    "TEMPLATE_QUALITY_RED",
    "TEMPLATE_CATEGORY_CHANGED",
  ].map((state) => [state, "alert"] as const),
]);

/** Only what stops sending for certain pauses; restrictions show themselves in the send's own error. */
export const accountEffect = (state: string): Effect | undefined => effects.get(state);

/** Refusals that end with the ban: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
export const stateCodes: readonly string[] = ["368", "131031"];
