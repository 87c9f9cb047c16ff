import { describe, expect, test } from "vitest";
import * as chatrace from "#shared/providers/chatrace/sort.ts";
import * as greenApi from "#shared/providers/green-api/sort.ts";
import * as wazzup24 from "#shared/providers/wazzup24/sort.ts";
import * as whatsapp from "#shared/providers/whatsapp-cloud/sort.ts";
import { listResponses, readResponse } from "./read-fixtures.ts";

const unknown = { kind: "unknown" };
const refused = (code: number) => ({ kind: "refused", code });
const account = (code: number) => ({ kind: "account", code });
const wamid = "wamid.HQw0NDc3MDA5MDAxMjMVAgARGBQzRUIwMDAwMDAwMDAwMDAwMjMyOQA=";
const sent = { kind: "sent", providerMessageId: wamid };

const expectedOfWhatsApp: Readonly<Record<string, object>> = {
  error_0_auth_exception: account(0),
  error_100_invalid_parameter: refused(100),
  error_10_permission_denied: account(10),
  error_130429_throughput: { kind: "rate", code: 130429, scope: "channel" },
  error_131000_something_went_wrong: unknown,
  error_131009_parameter_value: refused(131009),
  error_131016_service_unavailable: unknown,
  error_131026_undeliverable: refused(131026),
  error_131030_not_in_allowed_list: refused(131030),
  error_131031_account_locked: account(131031),
  error_131047_window_closed: refused(131047),
  error_131048_spam_rate: account(131048),
  error_131056_pair_rate: { kind: "rate", code: 131056, scope: "pair", retryAfterMs: 6000 },
  error_131057_maintenance: unknown,
  error_132001_template_missing: refused(132001),
  error_133010_not_registered: account(133010),
  error_190_token_expired: account(190),
  error_2_api_service: unknown,
  error_368_policy_block: account(368),
  error_4_too_many_calls: { kind: "rate", code: 4, scope: "channel" },
  error_502_non_json: unknown,
  error_80007_waba_rate_limit: {
    kind: "rate",
    code: 80007,
    scope: "channel",
    retryAfterMs: 300_000,
  },
  mark_as_read_ok: { kind: "sent" },
  media_delete_ok: { kind: "sent" },
  media_get_url_ok: unknown,
  media_upload_ok: unknown,
  phone_number_get_ok: unknown,
  send_template_ok_accepted: sent,
  send_template_ok_paced: sent,
  send_text_ok: sent,
  send_to_bsuid_ok: sent,
  subscribed_apps_get_ok: unknown,
  subscribed_apps_post_ok: { kind: "sent" },
};

const queued = (providerMessageId: string) => ({ kind: "sent", providerMessageId });

const expectedOfGreenApi: Readonly<Record<string, object>> = {
  check_whatsapp_exists: unknown,
  check_whatsapp_missing: unknown,
  delete_notification_already_gone: unknown,
  delete_notification_ok: unknown,
  download_file_ok: unknown,
  error_400_deleted: account(400),
  error_400_expired: account(400),
  error_400_not_authorized: account(400),
  error_400_starting: { kind: "rate", code: 400, scope: "channel", retryAfterMs: 10_000 },
  error_400_validation: refused(400),
  error_401_unauthorized: account(401),
  error_403_forbidden: account(403),
  error_429_rate_limited: { kind: "rate", code: 429, scope: "channel" },
  error_466_correspondents: { ...refused(466), reason: "CORRESPONDENTS_QUOTE_EXCEEDED" },
  error_466_method_quota: { ...refused(466), reason: "QUOTE_EXCEEDED" },
  error_499_client_closed: unknown,
  error_500_file_too_large: refused(500),
  error_502_bad_gateway: unknown,
  get_settings_ok: unknown,
  get_state_authorized: unknown,
  get_state_not_authorized: unknown,
  get_state_null_still_creating: unknown,
  read_chat_ok: { kind: "sent" },
  receive_notification_empty: unknown,
  receive_notification_ok: unknown,
  send_file_by_upload_ok: queued("3EB0A1C2D3E4F5000101"),
  send_file_by_url_ok: queued("3EB0A1C2D3E4F5000100"),
  send_interactive_buttons_reply_ok: queued("3EB0A1C2D3E4F5000102"),
  send_location_ok: queued("3EB0A1C2D3E4F5000103"),
  send_message_ok: queued("3EB0A1C2D3E4F50000FF"),
  send_poll_ok: queued("3EB0A1C2D3E4F5000104"),
  set_settings_ok: unknown,
};

const refusedBy = (code: string) => ({ kind: "refused", code });
const pausedBy = (code: number | string) => ({ kind: "account", code });
const wazzupSent = queued("bbbbbbbb-0000-4000-8000-000000000001");

const expectedOfWazzup24: Readonly<Record<string, object>> = {
  channels_get_ok: unknown,
  delete_message_ok: unknown,
  edit_message_ok: wazzupSent,
  error_401_invalid_key: pausedBy("INVALID_API_KEY"),
  error_403_sidecar_route: pausedBy(403),
  error_429_rate_limited: { kind: "rate", code: 429, scope: "channel", retryAfterMs: 5000 },
  error_500: unknown,
  error_channel_blocked: pausedBy("CHANNEL_BLOCKED"),
  error_channel_no_money: pausedBy("CHANNEL_NO_MONEY"),
  error_channel_unavailable: pausedBy("MESSAGE_CHANNEL_UNAVAILABLE"),
  error_download_content: refusedBy("MESSAGE_DOWNLOAD_CONTENT_ERROR"),
  error_invalid_message_data: {
    ...refusedBy("INVALID_MESSAGE_DATA"),
    reason: "Message data is invalid: channelId",
  },
  error_not_text_first: refusedBy("MESSAGES_NOT_TEXT_FIRST"),
  error_repeated_crm_message_id: { kind: "sent" },
  error_repeated_crm_message_id_camel: { kind: "sent" },
  error_text_and_content: refusedBy("MESSAGE_ONLY_TEXT_OR_CONTENT"),
  error_text_too_long: refusedBy("MESSAGE_TEXT_TOO_LONG"),
  error_webhooks_test_post_not_passed: refusedBy("testPostNotPassed"),
  error_webhooks_uri_not_valid: refusedBy("uriNotValid"),
  error_wrong_transport: refusedBy("WRONG_TRANSPORT"),
  send_message_created: wazzupSent,
  webhooks_get_ok: unknown,
  webhooks_patch_ok: unknown,
};

const expectedOfChatrace: Readonly<Record<string, object>> = {
  account_me_ok: unknown,
  contact_get_numeric_id_ok: unknown,
  contact_get_ok: unknown,
  create_contact_ok: { kind: "sent" },
  dynamic_content_reply_buttons: unknown,
  dynamic_content_reply_text: unknown,
  error_401: account(401),
  error_404_contact: refused(404),
  error_422_validation: refused(422),
  error_429: { kind: "rate", code: 429, scope: "channel" },
  error_500: unknown,
  error_in_200_contact_not_found: refused(404),
  error_in_200_invalid_token: account(401),
  error_in_200_outside_window: refused(400),
  find_by_custom_field_empty: unknown,
  find_by_custom_field_ok: unknown,
  flows_ok: unknown,
  send_content_ok: { kind: "sent" },
  send_file_ok: { kind: "sent" },
  send_flow_ok: { kind: "sent" },
  send_text_ok: { kind: "sent" },
};

describe.each([
  ["whatsapp-cloud", whatsapp.sortAnswer, expectedOfWhatsApp],
  ["green-api", greenApi.sortAnswer, expectedOfGreenApi],
  ["wazzup24", wazzup24.sortAnswer, expectedOfWazzup24],
  ["chatrace", chatrace.sortAnswer, expectedOfChatrace],
])("%s", (provider, sort, expected) => {
  test.each(listResponses(provider))("sorts %s", (name) => {
    expect(expected).toHaveProperty(name);
    expect(sort(readResponse(provider, name))).toMatchObject(expected[name] ?? {});
  });

  test.each([200, 204, 302, 408, 500, 503, 504])("HTTP %i without JSON stays unknown", (status) => {
    const answer = { status, headers: {}, body: Buffer.from("<html>") };

    expect(sort(answer).kind).toBe("unknown");
  });
});

const answer = (status: number, error: object, headers = {}) => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify({ error })),
});

test("the test number's refusal tells where to add the recipient", () => {
  const outcome = whatsapp.sortAnswer(
    readResponse("whatsapp-cloud", "error_131030_not_in_allowed_list"),
  );

  expect(outcome).toHaveProperty("advice", expect.stringContaining("Manage phone number list"));
});

test.each([
  [1, "rate"],
  [2, "rate"],
  [131000, "rate"],
  [131057, "rate"],
  [200, "account"],
  [299, "account"],
  [131005, "account"],
  [131042, "account"],
  [131045, "account"],
  [132000, "refused"],
  [132016, "refused"],
  [999999, "refused"],
])("code %i with HTTP 400 is %s", (code, kind) => {
  expect(whatsapp.sortAnswer(answer(400, { code })).kind).toBe(kind);
});

test("the same code with HTTP 500 leaves the outcome open", () => {
  expect(whatsapp.sortAnswer(answer(500, { code: 131026 })).kind).toBe("unknown");
});

test("the message is never what decides", () => {
  const outcome = whatsapp.sortAnswer(answer(400, { code: 100, message: "(#190) token expired" }));

  expect(outcome.kind).toBe("refused");
});

test.each([
  [401, "account"],
  [403, "account"],
  [429, "rate"],
  [404, "refused"],
])("HTTP %i without a code is %s", (status, kind) => {
  const bare = { status, headers: {}, body: Buffer.from("denied") };

  expect(whatsapp.sortAnswer(bare).kind).toBe(kind);
});

test("Retry-After is honoured, in seconds", () => {
  expect(whatsapp.sortAnswer(answer(429, { code: 130429 }, { "retry-after": "7" }))).toMatchObject({
    retryAfterMs: 7000,
  });
});

test("an unreadable usage header is passed over", () => {
  const odd = { "x-business-use-case-usage": '{"1":[{"estimated_time_to_regain_access":"soon"}]}' };

  expect(whatsapp.sortAnswer(answer(400, { code: 80007 }, odd))).not.toHaveProperty("retryAfterMs");
});
