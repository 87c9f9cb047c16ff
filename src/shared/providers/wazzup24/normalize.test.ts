import { expect, test } from "vitest";
import { eventKey, isGroup } from "#shared/domain/ids.ts";
import type { Event } from "#shared/domain/event.ts";
import { advise } from "./errors.ts";
import { normalize } from "./normalize.ts";

const message = (more: object = {}) => ({
  messageId: "m-1",
  channelId: "c-1",
  chatType: "whatsapp",
  chatId: "447700900123",
  dateTime: "2025-11-01T12:26:01.002Z",
  type: "text",
  status: "inbound",
  isEcho: false,
  contact: { name: "Ann" },
  text: "Hi",
  ...more,
});

const eventsOf = (body: unknown): readonly Event[] => {
  const result = normalize(body);
  return "events" in result ? result.events : [];
};
const read = (more: object): Event | undefined => eventsOf({ messages: [message(more)] })[0];

test("a customer's message says who it is from and when", () => {
  expect(read({})).toEqual({
    kind: "message",
    direction: "in",
    type: "text",
    text: "Hi",
    messageId: "m-1",
    chatId: "447700900123",
    senderId: "447700900123",
    channelId: "c-1",
    at: "2025-11-01T12:26:01.002Z",
    name: "Ann",
    phone: "447700900123",
    identities: ["447700900123"],
  });
});

test("a time without a zone is UTC", () => {
  expect(read({ dateTime: "2025-11-01T12:26:01.002" })).toMatchObject({
    at: "2025-11-01T12:26:01.002Z",
  });
});

test.each([
  ["whatsapp", "447700900123", { phone: "447700900123" }],
  ["viber", "447700900123", { phone: "447700900123" }],
  ["instagram", "test.customer", {}],
  ["telegram", "900000001", {}],
  ["vk", "12345", {}],
  ["avito", "u2i-1", {}],
  ["max", "77", {}],
])("%s: the chat is the contact", (chatType, chatId, more) => {
  const event = read({ chatType, chatId });

  expect(event).toMatchObject({ chatId, senderId: chatId, identities: [chatId], ...more });
  expect("phone" in (event ?? {})).toBe("phone" in more);
});

test("Telegram tells the phone beside the id", () => {
  const contact = { name: "Ann", phone: "+44 7700 900123", username: "ann" };

  expect(read({ chatType: "telegram", chatId: "9", contact })).toMatchObject({
    phone: "447700900123",
  });
});

test.each(["whatsgroup", "telegroup"])("%s: the chat is a group, whoever writes", (chatType) => {
  const [event] = eventsOf({ messages: [message({ chatType, chatId: "1203-4" })] });

  expect(event).not.toHaveProperty("identities");
  expect(event?.kind === "message" && isGroup(event)).toBe(true);
});

test.each([
  [{ isEcho: true, status: "sent" }, "phone"],
  [{ isEcho: true, status: "read", sentFromApp: true }, "app"],
  [{ isEcho: true, status: "sent", authorName: "Operator" }, "app"],
  [{ isEcho: undefined, status: "delivered" }, "phone"],
])("%j is an echo by %s", (more, origin) => {
  const event = read(more);

  expect(event).toMatchObject({ direction: "out", origin, chatId: "447700900123" });
  expect(event).not.toHaveProperty("senderId");
});

test("an edit, another edit and a deletion are each an event beside their message", () => {
  const all = [
    {},
    { isEdited: true, text: "Hello" },
    { isEdited: true, text: "Hello!" },
    { isDeleted: true },
  ].map((more) => read(more));

  expect(all).toMatchObject([
    { type: "text" },
    { type: "edit", text: "Hello", replyTo: "m-1" },
    { type: "edit", text: "Hello!", replyTo: "m-1" },
    { type: "delete", replyTo: "m-1" },
  ]);
  expect(new Set(all.map((event) => event && eventKey(event))).size).toBe(4);
});

test.each([
  [{ type: "missing_call" }, { type: "call" }],
  [{ type: "wapi_template" }, { type: "text" }],
  [{ type: "unknown" }, { type: "unsupported" }],
  [{ type: undefined }, { type: "unsupported" }],
  [{ quotedMessage: { messageId: "m-0" } }, { replyTo: "m-0" }],
  [
    { type: "audio", contentUri: "https://store.test/1?filename=a%20b.ogg" },
    { type: "audio", media: { fileName: "a b.ogg" } },
  ],
  [{ type: "image", contentUri: "not a link" }, { media: { url: "not a link" } }],
])("%j becomes %j", (more, expected) => {
  expect(read(more)).toMatchObject(expected);
});

test("lists beside each other all count, and one item without shape spoils none", () => {
  const body = {
    messages: [message(), 7, message({ messageId: "m-2", chatId: undefined })],
    statuses: [{ messageId: "m-9", status: "sent" }, { status: "sent" }],
    channelsUpdates: [{ channelId: "c-1", state: "qr", timestamp: 1_762_000_000_000, qr: "2@X" }],
    createDeal: { contacts: ["1"] },
  };
  const events = eventsOf(body);

  expect(events.map(({ kind }) => kind)).toEqual([
    "message",
    "provider_error",
    "provider_error",
    "status",
    "provider_error",
    "account_state",
    "crm_request",
  ]);
  expect(JSON.stringify(events)).not.toContain("2@X");
});

test.each([
  ["BAD_CONTACT", false],
  ["24_HOURS_EXCEEDED", false],
  ["UNKNOWN_ERROR", true],
  ["generalError", true],
  ["TOO_MANY_EXT_REQS", true],
])("a receipt with %s may be repeated: %s", (error, retryable) => {
  const [event] = eventsOf({
    statuses: [
      { messageId: "m", status: "error", timestamp: "2025-11-01T12:00:00Z", error: { error } },
    ],
  });

  expect(event).toMatchObject({ kind: "status", errorCode: error, retryable });
  expect(advise(error).advice).not.toBe("");
});

test.each([
  [{ test: true }, "test"],
  [{ templateStatus: {} }, "nothing for us in templateStatus"],
  [{ messages: [] }, "nothing for us in messages"],
  [[], "not a Wazzup24 webhook"],
  ["x", "not a Wazzup24 webhook"],
])("%j is passed over: %s", (body, ignored) => {
  expect(normalize(body)).toEqual({ ignored });
});

test.each([
  [{ event: "message" }, { data: "Data is required" }],
  [{ data: { id: "x" } }, { event: "Event is required" }],
  [{ hello: 1 }, { event: "Event is required", data: "Data is required" }],
  [
    { event: "", data: null },
    { event: "Event is required", data: "Data is required" },
  ],
  [{ event: "presence", data: {} }, { event: "Event presence is unknown" }],
  [{ event: 7, data: {} }, { event: "Event 7 is unknown" }],
  [{ event: "message", data: { text: "Hi" } }, { "data.chatId": "Data.chatId is required" }],
  [{ event: "status", data: {} }, { "data.messageId": "Data.messageId is required" }],
  [{ event: "status", data: { messageId: "1" } }, { "data.status": "Data.status is required" }],
  [{ event: "contact", data: { phone: "none" } }, { "data.phone": "Data.phone is required" }],
])("%j lacks something, and it is said what", (body, errors) => {
  expect(normalize(body)).toEqual({ invalid: { errors } });
});

test("the documented form tells the phone, the file and the time", () => {
  const data = {
    id: "1",
    chatId: "chat_789",
    type: "file",
    text: "A picture",
    from: "+7 777 123 45 67",
    timestamp: 1_640_995_260,
    file: { url: "https://a.test/1", name: "1.png", size: 5, mimeType: "image/png" },
  };

  expect(eventsOf({ event: "message", data })).toEqual([
    {
      kind: "message",
      direction: "in",
      type: "image",
      text: "A picture",
      media: { url: "https://a.test/1", fileName: "1.png", size: 5, mimeType: "image/png" },
      messageId: "1",
      chatId: "chat_789",
      at: "2022-01-01T00:01:00.000Z",
      phone: "77771234567",
      identities: ["chat_789"],
    },
  ]);
});

test("the documented form's contact is the chat of its number", () => {
  const data = { phone: "+7 777 123 45 67", name: "Ann", timestamp: 1_640_995_400 };

  expect(eventsOf({ event: "contact", data })).toEqual([
    { kind: "contact", chatId: "77771234567", name: "Ann", at: "2022-01-01T00:03:20.000Z" },
  ]);
});

test.for<[string, object | undefined]>([
  ["https://maps.example.test/?q=51.5007,-0.1246", { latitude: 51.5007, longitude: -0.1246 }],
  ["https://maps.example.test/?q=51.5007%2C-0.1246", { latitude: 51.5007, longitude: -0.1246 }],
  ["Plaza, 1 Street", undefined],
  ["99.5,200.1", undefined],
])("a place is found in the words %s, which stay", ([text, location]) => {
  const event = read({ type: "geo", text });

  expect(event).toMatchObject({ type: "location", text });
  expect(Object(event).location).toEqual(location);
});

test.for<[string, object | undefined]>([
  ["Second Person +447700900456", [{ name: "Second Person", phones: ["+447700900456"] }]],
  ["BEGIN:VCARD\nFN:Bob\nTEL:1\nEND:VCARD", [{ name: "Bob", phones: ["1"] }]],
  ["somebody", undefined],
])("a card is found in the words %j", ([text, contacts]) => {
  expect(Object(read({ type: "vcard", text })).contacts).toEqual(contacts);
});
