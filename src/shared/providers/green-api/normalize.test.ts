import { expect, test } from "vitest";
import type { Event } from "#shared/domain/event.ts";
import { normalize } from "./normalize.ts";
import { peek } from "./peek.ts";

const chatId = "447700900123@c.us";
const instanceData = { idInstance: 1101999001, wid: "447700900001@c.us", typeInstance: "whatsapp" };
const senderData = { chatId, sender: chatId, chatName: "Ann at work", senderName: "Ann" };

const webhook = (messageData: object, changes: object = {}) => ({
  typeWebhook: "incomingMessageReceived",
  instanceData,
  timestamp: 1_762_000_000,
  idMessage: "3EB0",
  senderData,
  messageData,
  ...changes,
});
const text = { typeMessage: "textMessage", textMessageData: { textMessage: "Hi" } };

const read = (body: unknown): Event | undefined => {
  const result = normalize(body);
  return "events" in result ? result.events[0] : undefined;
};

test("an event says all that a message says of its origin", () => {
  expect(read(webhook(text))).toEqual({
    kind: "message",
    direction: "in",
    type: "text",
    text: "Hi",
    messageId: "3EB0",
    chatId,
    senderId: chatId,
    channelId: "1101999001",
    at: "2025-11-01T12:26:40.000Z",
    name: "Ann",
    phone: "447700900123",
    identities: [chatId],
  });
});

const press = (typeMessage: string, fields: object, key = typeMessage) => ({
  typeMessage,
  [key]: { stanzaId: "3EB1", ...fields },
});
const pressed = { type: "button_reply", text: "Book", payload: "book", replyTo: "3EB1" };
const selected = { selectedId: "book", selectedDisplayText: "Book" };
const selectedButton = { selectedButtonId: "book", selectedButtonText: "Book" };
const row = { type: "list_reply", text: "9:00", payload: "r1", replyTo: "3EB1" };

test.each([
  [press("interactiveButtonsResponse", selected), pressed],
  [press("interactiveButtonsResponse", selectedButton), pressed],
  [press("templateButtonsReplyMessage", selected, "templateButtonReplyMessage"), pressed],
  [press("templateButtonReplyMessage", selected), pressed],
  [press("buttonsResponseMessage", selectedButton), pressed],
  [press("listResponseMessage", { title: "9:00", singleSelectReply: "r1" }), row],
  [
    press("listResponseMessage", { title: "9:00", singleSelectReply: { selectedRowId: "r1" } }),
    row,
  ],
  [
    { typeMessage: "extendedTextMessage", extendedTextMessageData: { text: "https://a.test" } },
    { type: "text", text: "https://a.test" },
  ],
  [
    {
      typeMessage: "quotedMessage",
      extendedTextMessageData: { text: "Yes", stanzaId: "3EB1" },
      quotedMessage: { stanzaId: "3EB1" },
    },
    { type: "text", text: "Yes", replyTo: "3EB1" },
  ],
  [
    {
      typeMessage: "imageMessage",
      fileMessageData: {
        downloadUrl: "https://m.test/1.jpg",
        caption: "A",
        fileName: "1.jpg",
        mimeType: "image/jpeg",
      },
      quotedMessage: { stanzaId: "3EB1" },
    },
    {
      type: "image",
      text: "A",
      media: { url: "https://m.test/1.jpg", fileName: "1.jpg", mimeType: "image/jpeg" },
      replyTo: "3EB1",
    },
  ],
  [
    {
      typeMessage: "reactionMessage",
      extendedTextMessageData: { text: "👍" },
      quotedMessage: { stanzaId: "3EB1" },
    },
    { type: "reaction", text: "👍", replyTo: "3EB1" },
  ],
  [
    { typeMessage: "contactMessage", contactMessageData: { displayName: "B" } },
    { type: "contacts" },
  ],
  [
    { typeMessage: "pollMessage", pollMessageData: { name: "When?" } },
    { type: "poll", text: "When?" },
  ],
  [
    { typeMessage: "pollUpdateMessage", pollMessageData: { name: "When?", stanzaId: "3EB1" } },
    { type: "poll_update", replyTo: "3EB1" },
  ],
  [
    { typeMessage: "editedMessage", editedMessageData: { textMessage: "New", stanzaId: "3EB1" } },
    { type: "edit", text: "New", replyTo: "3EB1" },
  ],
  [
    { typeMessage: "interactiveButtonsReply", interactiveButtonsReply: { contentText: "Which?" } },
    { type: "text", text: "Which?" },
  ],
  [
    { typeMessage: "textMessage", textMessageData: { textMessage: "{{SWE003}}" } },
    { type: "provider_error", text: "{{SWE003}}", errorCode: "SWE003" },
  ],
  [{ typeMessage: "groupInviteMessage", groupInviteMessageData: {} }, { type: "unsupported" }],
  [{ typeMessage: "hologramMessage" }, { type: "unsupported" }],
  [{ typeMessage: "textMessage" }, { type: "unsupported" }],
])("%j is read", (messageData, expected) => {
  expect(read(webhook(messageData))).toMatchObject({ kind: "message", chatId, ...expected });
});

test("a marker within a sentence is only text", () => {
  const said = {
    typeMessage: "textMessage",
    textMessageData: { textMessage: "What is {{SWE001}}?" },
  };

  expect(read(webhook(said))).toMatchObject({ type: "text" });
});

test("an oversized file has no address", () => {
  const big = {
    typeMessage: "videoMessage",
    fileMessageData: { downloadUrl: "{{SWE002}}", fileName: "a.mp4" },
  };

  expect(read(webhook(big))).toMatchObject({
    type: "provider_error",
    errorCode: "SWE002",
    media: { fileName: "a.mp4" },
  });
});

test("a hidden number is an identity and never a phone", () => {
  const lid = "120650000000001@lid";
  const hidden = read(webhook(text, { senderData: { chatId: lid, sender: lid } }));
  const both = read(webhook(text, { senderData: { chatId: lid, sender: chatId } }));

  expect(hidden).not.toHaveProperty("phone");
  expect(both).toMatchObject({ identities: [lid, chatId], phone: "447700900123" });
});

test("a Cyrillic letter in an id makes no phone", () => {
  expect(read(webhook(text, { senderData: { sender: "447700900123@с.us" } }))).not.toHaveProperty(
    "phone",
  );
});

test("a group is the conversation, its member only the sender", () => {
  const event = read(
    webhook(text, { senderData: { ...senderData, chatId: "120363000000000001@g.us" } }),
  );

  expect(event).toMatchObject({ chatId: "120363000000000001@g.us", senderId: chatId });
  expect(event).not.toHaveProperty("identities");
});

test.each([
  ["outgoingMessageReceived", "phone"],
  ["outgoingAPIMessageReceived", "api"],
])("%s went out and belongs to the chat", (typeWebhook, origin) => {
  const sent = webhook(text, {
    typeWebhook,
    senderData: { ...senderData, sender: "447700900001@c.us" },
  });

  expect(read(sent)).toMatchObject({
    direction: "out",
    origin,
    chatId,
    name: "Ann at work",
    phone: "447700900123",
  });
});

test("the documented short body is peeked under its sender", () => {
  const short = {
    typeWebhook: "incomingMessageReceived",
    senderData: { sender: chatId },
    messageData: { textMessageData: { textMessage: "Hi" } },
  };

  expect(peek(short)).toEqual([{ peers: [chatId], receipts: false }]);
});

test("a message of nobody is an error to look at", () => {
  expect(read(webhook(text, { senderData: {} }))?.kind).toBe("provider_error");
});

test.each([
  ["noAccount", { errorCode: "noAccount", retryable: false }],
  ["failed", { errorCode: "failed", retryable: false }],
])("the status %s is a failure", (status, expected) => {
  const receipt = {
    typeWebhook: "outgoingMessageStatus",
    instanceData,
    chatId,
    idMessage: "3EB0",
    status,
  };

  expect(read(receipt)).toMatchObject({ kind: "status", status, ...expected });
});

test("a status broadcast, another messenger and an unknown type are ignored", () => {
  const broadcast = webhook(text, { senderData: { ...senderData, chatId: "status@broadcast" } });
  const other = webhook(text, { instanceData: { ...instanceData, typeInstance: "v3" } });

  for (const body of [
    broadcast,
    other,
    webhook(text, { typeWebhook: "toString" }),
    null,
    [],
    "x",
  ]) {
    expect(normalize(body)).toHaveProperty("ignored");
  }
});

test("calls name the caller", () => {
  const call = {
    typeWebhook: "incomingCall",
    instanceData,
    from: chatId,
    status: "offer",
    idMessage: "1041",
  };

  expect(read(call)).toMatchObject({ kind: "call", chatId, status: "offer", messageId: "1041" });
});

test("an update of a poll tells what its sender has chosen by now", () => {
  const votes = [
    { optionName: "Monday", optionVoters: [chatId, "447700900124@c.us"] },
    { optionName: "Tuesday", optionVoters: ["447700900124@c.us"] },
    { optionName: "Friday", optionVoters: [chatId] },
  ];
  const update = { typeMessage: "pollUpdateMessage", pollMessageData: { name: "When?", votes } };

  expect(read(webhook(update))).toMatchObject({
    type: "poll_update",
    payload: '["Monday","Friday"]',
  });
});

test("a place keeps its coordinates, its name and its address", () => {
  const place = {
    nameLocation: "Plaza",
    address: "1 Street",
    latitude: 51.5007,
    longitude: -0.1246,
  };
  const shown = { typeMessage: "locationMessage", locationMessageData: place };

  expect(read(webhook(shown))).toMatchObject({
    type: "location",
    location: { name: "Plaza", address: "1 Street", latitude: 51.5007, longitude: -0.1246 },
  });
});

test.for([{}, { latitude: "north", longitude: 0 }, { latitude: 91, longitude: 0 }])(
  "a place without coordinates is a message all the same: %j",
  (locationMessageData) => {
    const event = read(webhook({ typeMessage: "locationMessage", locationMessageData }));

    expect(event).toMatchObject({ type: "location" });
    expect(event).not.toHaveProperty("location");
  },
);

const vcard = "BEGIN:VCARD\nFN:Other\nTEL;waid=447700900456:+44 7700 900456\nEND:VCARD";

test.for([
  { typeMessage: "contactMessage", contactMessageData: { displayName: "Bob", vcard } },
  {
    typeMessage: "contactsArrayMessage",
    messageData: { contacts: [{ displayName: "Bob", vcard }, "no card"] },
  },
])("a card keeps the name that the phone shows, and the numbers: $typeMessage", (data) => {
  expect(read(webhook(data))).toMatchObject({
    type: "contacts",
    contacts: [{ name: "Bob", phones: ["+447700900456"] }],
  });
});
