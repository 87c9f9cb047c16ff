import { expect, test } from "vitest";
import type { Event } from "#shared/domain/event.ts";
import { accountEffect } from "./normalize-account.ts";
import { normalize } from "./normalize.ts";
import { peek } from "./peek.ts";

const phone = "447700900123";
const userId = "GB.1000000000000000001";
const metadata = { display_phone_number: "+1 202-555-0101", phone_number_id: "100000000000001" };

const change = (value: object, field = "messages") => ({
  field,
  value: { messaging_product: "whatsapp", metadata, ...value },
});
const body = (...changes: readonly unknown[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "200000000000002", changes }],
});
const message = (fields: object) => ({
  from: phone,
  id: "wamid.1",
  timestamp: "1762000000",
  ...fields,
});

const eventsOf = (...changes: readonly unknown[]): readonly Event[] => {
  const result = normalize(body(...changes));
  return "events" in result ? result.events : [];
};
const read = (fields: object, value: object = {}) =>
  eventsOf(change({ messages: [message(fields)], ...value }))[0];

test("an event says all that a message says of its origin", () => {
  const contacts = [{ profile: { name: "Ann" }, wa_id: phone }];

  expect(read({ type: "text", text: { body: "Hi" } }, { contacts })).toEqual({
    kind: "message",
    direction: "in",
    type: "text",
    text: "Hi",
    messageId: "wamid.1",
    chatId: phone,
    senderId: phone,
    channelId: "100000000000001",
    at: "2025-11-01T12:26:40.000Z",
    name: "Ann",
    phone,
    identities: [phone],
  });
});

const media = { id: "400", mime_type: "image/jpeg", sha256: "b0Rl", url: "https://look.test/1" };
const readMedia = { id: "400", mimeType: "image/jpeg", sha256: "b0Rl", url: "https://look.test/1" };

test.each([
  [
    { type: "image", image: { ...media, caption: "A" } },
    { type: "image", text: "A", media: readMedia },
  ],
  [
    { type: "audio", audio: { ...media, voice: true } },
    { type: "audio", media: readMedia },
  ],
  [
    { type: "document", document: { ...media, filename: "a.pdf" } },
    { type: "document", media: { ...readMedia, fileName: "a.pdf" } },
  ],
  [
    { type: "location", location: { latitude: "51.5", longitude: -0.1, name: "Plaza" } },
    { type: "location" },
  ],
  [{ type: "contacts", contacts: [{ name: { formatted_name: "B" } }] }, { type: "contacts" }],
  [
    { type: "reaction", reaction: { message_id: "wamid.0", emoji: "👍" } },
    { type: "reaction", text: "👍", replyTo: "wamid.0" },
  ],
  [
    {
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "r1", title: "9:00" } },
    },
    { type: "list_reply", text: "9:00", payload: "r1" },
  ],
  [
    { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: { response_json: "{}" } } },
    { type: "form_reply", payload: "{}" },
  ],
  [
    { type: "button", button: { text: "Yes", payload: "YES" }, context: { id: "wamid.0" } },
    { type: "button_reply", text: "Yes", payload: "YES", replyTo: "wamid.0" },
  ],
  [
    { type: "revoke", revoke: { original_message_id: "wamid.0" } },
    { type: "delete", replyTo: "wamid.0" },
  ],
  [
    {
      type: "edit",
      edit: { original_message_id: "wamid.0", message: { type: "text", text: { body: "New" } } },
    },
    { type: "edit", text: "New", replyTo: "wamid.0" },
  ],
  [
    { type: "unsupported", errors: [{ code: 131051 }] },
    { type: "unsupported", errorCode: 131051 },
  ],
  [{ type: "hologram", hologram: {} }, { type: "unsupported" }],
  [{ type: "text" }, { type: "unsupported" }],
  [{ type: "text", text: { body: 5 } }, { type: "unsupported" }],
  [{ type: "constructor" }, { type: "unsupported" }],
  [{ id: undefined, type: "text", text: { body: "Hi" } }, { type: "unsupported" }],
])("%j is read", (fields, expected) => {
  expect(read(fields)).toMatchObject({ kind: "message", chatId: phone, ...expected });
});

test("a message from an ad names the ad, whatever else the provider tells of it", () => {
  const referral = {
    source_type: "ad",
    source_id: "300000000000003",
    source_url: "https://ads.example.test/1",
    headline: "Demo ad",
    ctwa_clid: "x",
  };
  const said = { type: "text", text: { body: "hi" } };

  expect(read({ ...said, referral })).toMatchObject({
    referral: {
      source: "ad",
      id: "300000000000003",
      url: "https://ads.example.test/1",
      headline: "Demo ad",
    },
  });
  expect(read({ ...said, referral: "odd" })).not.toHaveProperty("referral");
});

test("location and removed reaction have no text", () => {
  expect(read({ type: "location", location: { name: "Plaza" } })).not.toHaveProperty("text");
  expect(read({ type: "reaction", reaction: { message_id: "w" } })).not.toHaveProperty("text");
});

test("a sender known by number and by user id has both identities, the number first", () => {
  expect(read({ type: "text", text: { body: "Hi" }, from_user_id: userId })).toMatchObject({
    chatId: phone,
    identities: [phone, userId],
  });
});

test("a contact is matched by number and user id, not by its place", () => {
  const contacts = [
    { profile: { name: "Bob" }, wa_id: "447700900999", user_id: "GB.9" },
    { profile: { name: "Ann" }, wa_id: phone, user_id: userId },
  ];
  const hidden = { type: "text", text: { body: "Hi" }, from: undefined, from_user_id: userId };

  expect(read({ type: "text", text: { body: "Hi" } }, { contacts })).toMatchObject({ name: "Ann" });
  expect(read(hidden, { contacts })).toMatchObject({ chatId: phone, identities: [phone, userId] });
});

test("a message without number does not take over a contact that is another's", () => {
  const contacts = [{ profile: { name: "Ann" }, wa_id: phone }];
  const messages = [
    message({ type: "text", text: { body: "1" } }),
    message({
      id: "wamid.2",
      from: undefined,
      from_user_id: userId,
      type: "text",
      text: { body: "2" },
    }),
  ];

  expect(eventsOf(change({ messages, contacts })).map(({ chatId }) => chatId)).toEqual([
    phone,
    userId,
  ]);
});

test("a changed user id links the old one, the new one and the number", () => {
  const contacts = [{ profile: { name: "Ann" }, wa_id: phone }];
  const system = { type: "user_changed_user_id", user_id: "GB.2" };

  expect(
    read({ from: undefined, from_user_id: "GB.1", type: "system", system }, { contacts }),
  ).toMatchObject({ type: "system", chatId: phone, identities: [phone, "GB.2", "GB.1"] });
});

test("a group is the conversation, its member only the sender", () => {
  const event = read({ type: "text", text: { body: "Hi" }, group_id: "Y2Fw" });

  expect(event).toMatchObject({ chatId: "Y2Fw", senderId: phone });
  expect(event).not.toHaveProperty("identities");
});

test("one odd item loses none of its neighbours", () => {
  const good = (id: string) => message({ id, type: "text", text: { body: id } });
  const messages = [good("a"), null, 7, { id: "b" }, [], message({ id: {} }), good("c")];
  const events = eventsOf("odd", change({ messages, statuses: "odd", contacts: [null, 1] }), null);

  expect(events.map(({ kind, messageId }) => [kind, messageId])).toEqual([
    ["message", "a"],
    ["provider_error", undefined],
    ["provider_error", undefined],
    ["provider_error", "b"],
    ["provider_error", undefined],
    ["message", undefined],
    ["message", "c"],
  ]);
});

test("several entries, changes and accounts in one body all count", () => {
  const one = change({ messages: [message({ type: "text", text: { body: "1" } })] });
  const two = change({
    metadata: { phone_number_id: 100000000000002 },
    messages: [message({ from: "447700900124", type: "text", text: { body: "2" } })],
    statuses: [{ id: "wamid.9", status: "read", timestamp: 1762000000, recipient_id: phone }],
  });
  const whole = {
    object: "whatsapp_business_account",
    entry: [{ changes: [one, two] }, { changes: [one] }],
  };

  expect(normalize(whole)).toHaveProperty("events.length", 4);
  expect(peek(whole)).toEqual([
    { account: "100000000000001", peers: [phone], receipts: false },
    { account: "100000000000002", peers: ["447700900124"], receipts: true },
  ]);
});

test("a sender's id that is too long for a key names nobody", () => {
  const long = "9".repeat(257);

  expect(read({ from: long, type: "text", text: { body: "Hi" } })?.kind).toBe("provider_error");
  expect(peek(body(change({ messages: [message({ from: long })] })))).toEqual([
    { account: "100000000000001", peers: [], receipts: true },
  ]);
});

test.each(["0", "-5", "99999999999", "soon", 1e15, null, {}])(
  "the time %j is left out",
  (timestamp) => {
    expect(read({ type: "text", text: { body: "Hi" }, timestamp })).not.toHaveProperty("at");
  },
);

test("a failed receipt tells code, reason, our advice on repeating and our callback", () => {
  const statuses = [
    {
      id: "wamid.9",
      status: "failed",
      timestamp: "1762000000",
      recipient_id: phone,
      biz_opaque_callback_data: "c|replies|1|1",
      errors: [{ code: 131056, title: "Pair rate limit hit", error_data: { details: "Too many" } }],
    },
  ];

  expect(eventsOf(change({ statuses }))[0]).toEqual({
    kind: "status",
    status: "failed",
    messageId: "wamid.9",
    chatId: phone,
    channelId: "100000000000001",
    at: "2025-11-01T12:26:40.000Z",
    errorCode: 131056,
    reason: "Pair rate limit hit: Too many",
    retryable: true,
    callback: "c|replies|1|1",
  });
});

test.each([
  [{ from: phone, to: "12025550101", direction: "USER_INITIATED", event: "connect" }, "connect"],
  [{ from: "12025550101", to: phone, event: "connect" }, "connect"],
  [
    {
      from: "12025550101",
      to: phone,
      direction: "BUSINESS_INITIATED",
      event: "terminate",
      status: "COMPLETED",
    },
    "COMPLETED",
  ],
])("the other side of a call is found: %j", (call, status) => {
  const calls = [{ id: "wacid.1", timestamp: "1762000000", ...call }];

  expect(eventsOf(change({ calls }, "calls"))[0]).toMatchObject({
    kind: "call",
    messageId: "wacid.1",
    chatId: phone,
    status,
  });
});

test("an echo belongs to the customer's conversation", () => {
  const message_echoes = [
    {
      from: "12025550101",
      to: phone,
      id: "wamid.8",
      type: "revoke",
      revoke: { original_message_id: "wamid.7" },
    },
  ];

  expect(eventsOf(change({ message_echoes }, "smb_message_echoes"))[0]).toMatchObject({
    direction: "out",
    origin: "phone",
    type: "delete",
    replyTo: "wamid.7",
    chatId: phone,
  });
});

test("a ban pauses, its end resumes, and an unknown field is ignored", () => {
  const ban = change(
    { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } },
    "account_update",
  );

  expect(eventsOf(ban)[0]).toMatchObject({ kind: "account_state", state: "DISABLE" });
  expect(normalize(body(change({}, "flows")))).toEqual({
    ignored: "nothing for us in the fields: flows",
  });
});

test.each([null, 5, "x", [], {}, { object: "page", entry: [] }])("%j is ignored", (odd) => {
  expect(normalize(odd)).toHaveProperty("ignored");
});

const accountChange = (field: string, value: object) => ({ field, value });
const accountBody = (...changes: readonly object[]) => ({
  object: "whatsapp_business_account",
  entry: [{ id: "200000000000002", time: 1_762_000_000, changes }],
});
const newsOf = (field: string, value: object) => {
  const result = normalize(accountBody(accountChange(field, value)));
  return "events" in result ? result.events[0] : undefined;
};

test("news of the account name the business, its time and, where it stands there, the number", () => {
  const news = newsOf("phone_number_quality_update", {
    display_phone_number: "+1 202-555-0101",
    event: "DOWNGRADE",
    current_limit: "TIER_1K",
  });

  expect(news).toEqual({
    kind: "account_state",
    state: "DOWNGRADE",
    reason: "phone_number_quality_update: DOWNGRADE TIER_1K",
    businessId: "200000000000002",
    phone: "12025550101",
    at: "2025-11-01T12:26:40.000Z",
  });
});

test.each([
  ["account_update", { event: "ACCOUNT_DELETED" }, "pause"],
  [
    "account_update",
    { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } },
    "resume",
  ],
  [
    "account_update",
    { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "SCHEDULE_FOR_DISABLE" } },
    "alert",
  ],
  [
    "account_update",
    { event: "ACCOUNT_RESTRICTION", restriction_info: [{ restriction_type: "X" }] },
    "alert",
  ],
  ["account_update", { event: "PARTNER_ADDED" }, undefined],
  ["account_alerts", { alert_info: { alert_severity: "WARNING", alert_type: "X" } }, "alert"],
  ["account_alerts", { alert_severity: "INFORMATIONAL", alert_type: "X" }, undefined],
  ["phone_number_quality_update", { event: "THROUGHPUT_UPGRADE" }, undefined],
  ["phone_number_name_update", { decision: "REJECTED", rejection_reason: "X" }, "alert"],
  ["security", { event: "PIN_CHANGED" }, "alert"],
  ["message_template_status_update", { event: "APPROVED" }, undefined],
  ["message_template_status_update", { event: "DISABLED" }, "alert"],
  ["message_template_quality_update", { new_quality_score: "RED" }, "alert"],
  ["template_category_update", { new_category: "MARKETING" }, "alert"],
])("%s %j is of effect %s", (field, value, effect) => {
  const news = newsOf(field, value);

  expect(news?.kind === "account_state" && accountEffect(news.state ?? "")).toBe(effect);
});

test("a rejected template is told with why and what Meta recommends", () => {
  const news = newsOf("message_template_status_update", {
    event: "REJECTED",
    message_template_name: "visit",
    message_template_language: "ru",
    reason: "INVALID_FORMAT",
    rejection_info: { reason: "Two variables touch.", recommendation: "Part them." },
  });

  expect(news).toMatchObject({
    state: "TEMPLATE_REJECTED",
    about: "visit ru",
    reason:
      "message_template_status_update: REJECTED visit ru INVALID_FORMAT Two variables touch. Part them.",
  });
});

test("what a partner's entry says is about the account inside it", () => {
  const news = newsOf("account_update", {
    event: "PARTNER_REMOVED",
    waba_info: { waba_id: "300000000000003" },
  });

  expect(news).toMatchObject({ businessId: "300000000000003" });
  expect(
    peek(
      accountBody(
        accountChange("account_update", {
          event: "PARTNER_REMOVED",
          waba_info: { waba_id: "300000000000003" },
        }),
      ),
    ),
  ).toEqual([{ business: "300000000000003", peers: [], receipts: true }]);
});

test("chats of before are kept, on both sides, and nobody answers them", () => {
  const history = [
    {
      metadata: { phase: 0, chunk_order: 1, progress: 55 },
      threads: [
        {
          id: phone,
          messages: [
            { from: "12025550101", id: "wamid.h1", type: "text", text: { body: "Hello" } },
            { from: "12025550101", id: "wamid.h2", type: "media_placeholder" },
            { from: phone, id: "wamid.h3", type: "text", text: { body: "Thanks" } },
          ],
        },
      ],
    },
  ];
  const events = eventsOf(change({ history }, "history"));
  const files = eventsOf(
    change({ messages: [message({ type: "image", image: { id: "4" } })] }, "history"),
  );

  expect(events).toMatchObject([
    { direction: "out", origin: "phone", text: "Hello", chatId: phone, isOnlyKept: true },
    { direction: "in", text: "Thanks", chatId: phone, isOnlyKept: true },
  ]);
  expect(events).toHaveLength(2);
  expect(files).toMatchObject([{ type: "image", isOnlyKept: true }]);
  expect(peek(body(change({ history }, "history")))).toMatchObject([{ peers: [phone] }]);
});

test("a declined history is told", () => {
  const history = [{ errors: [{ code: 2593109, title: "History sync is turned off" }] }];

  expect(eventsOf(change({ history }, "history"))).toMatchObject([
    { kind: "provider_error", errorCode: 2593109 },
  ]);
});

test("a changed number links both, and answers go to the new one", () => {
  const system = { type: "user_changed_number", wa_id: "447700900999", previous_user_id: userId };

  expect(read({ type: "system", system })).toMatchObject({
    type: "system",
    chatId: phone,
    address: "447700900999",
    phone: "447700900999",
    identities: [phone, "447700900999", userId],
  });
});

test("a username is told beside the name", () => {
  const contacts = [{ profile: { name: "Ann", username: "ann.s" }, user_id: userId }];
  const hidden = { type: "text", text: { body: "Hi" }, from: undefined, from_user_id: userId };

  expect(read(hidden, { contacts })).toMatchObject({
    chatId: userId,
    name: "Ann",
    username: "ann.s",
  });
});

test("a place keeps its coordinates, as numbers or as their text", () => {
  const location = { latitude: "51.5007", longitude: -0.1246, name: "Plaza", address: "1 Street" };

  expect(read({ type: "location", location })).toMatchObject({
    type: "location",
    location: { latitude: 51.5007, longitude: -0.1246, name: "Plaza", address: "1 Street" },
  });
});

test("cards keep names and numbers; what is no card is left out", () => {
  const contacts = [
    {
      name: { formatted_name: "Bob" },
      phones: [{ phone: "+44 7700 900456", wa_id: "447700900456" }, { wa_id: "447700900457" }],
      emails: [{ email: "bob@example.com" }],
      org: { company: "Demo" },
    },
    "no card",
  ];

  expect(read({ type: "contacts", contacts })).toMatchObject({
    type: "contacts",
    contacts: [
      {
        name: "Bob",
        phones: ["+44 7700 900456", "+447700900457"],
        company: "Demo",
        email: "bob@example.com",
      },
    ],
  });
});
