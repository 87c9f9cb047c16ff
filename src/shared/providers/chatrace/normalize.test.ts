import { expect, test } from "vitest";
import { normalize } from "./normalize.ts";

const one = (body: unknown, headers = {}) => {
  const result = normalize(body, headers);
  return "events" in result ? result.events[0] : result;
};

test.each([
  [{ senderId: "1", userId: "2", text: "x" }, "1"],
  [{ userId: "2", from: { id: "3" }, text: "x" }, "2"],
  [{ fromId: "4", text: "x" }, "4"],
  [{ user: { id: "5" }, text: "x" }, "5"],
])("%j was written by %s", (body, senderId) => {
  expect(one(body)).toMatchObject({ senderId, chatId: senderId });
});

test.each([
  [1731499200, "2024-11-13T12:00:00.000Z"],
  [1731499200000, "2024-11-13T12:00:00.000Z"],
  ["1731499200", "2024-11-13T12:00:00.000Z"],
  ["2024-11-13T12:00:00+00:00", "2024-11-13T12:00:00.000Z"],
  ["2024-11-13 12:00:00", undefined],
  ["{{now}}", undefined],
  [-5, undefined],
  [1e300, undefined],
])("the time %j is %s", (timestamp, at) => {
  const event = one({ senderId: "1", text: "x", timestamp });

  expect(event).toHaveProperty("text", "x");
  expect(Object(event)["at"]).toBe(at);
});

test("Chatrace's header is surer than the contact id of the body", () => {
  const event = one({ contact_id: "test.customer", text: "x" }, { "x-user-id": "285" });

  expect(event).toMatchObject({ senderId: "285" });
});

test("a variable that was not filled in names nobody", () => {
  expect(one({ contact_id: "{{user_id}}", text: "x" })).toHaveProperty("invalid");
});

test("a message list's own outgoing messages are none", () => {
  const ours = { senderId: "1", text: "x", direction: "outgoing" };

  expect(normalize([ours], {})).toHaveProperty("ignored");
  expect(normalize([ours, { senderId: "2", text: "y" }], {})).toHaveProperty("events.length", 1);
});

test("several attachments are several messages with ids of their own", () => {
  const attachments = ["a", "b"].map((name) => ({
    type: "image",
    payload: { url: `https://cdn.example.test/${name}.jpg` },
  }));
  const message = { mid: "m", text: "both", attachments };
  const body = { entry: [{ messaging: [{ sender: { id: "1" }, message }] }] };

  expect(normalize(body, {})).toMatchObject({
    events: [
      { messageId: "m", text: "both", type: "image" },
      { messageId: "m#2", type: "image" },
    ],
  });
});

test.each([
  ["https://cdn.example.test/a.MP4?x=1", "", "video"],
  ["https://cdn.example.test/voice", "audio", "audio"],
  ["https://cdn.example.test/a.pdf", "file", "document"],
  ["https://cdn.example.test/unknown", "{{type}}", "document"],
])("the attachment %s of type %j is %s", (url, type, expected) => {
  const event = one({ contact_id: "1", attachment_url: url, attachment_type: type });

  expect(event).toMatchObject({ type: expected, media: { url } });
});

test.for([
  { senderId: "1", messageId: "m", text: "Hi", username: "ann", full_name: "Ann Lee" },
  { sender: { id: "1", username: "ann", name: "Ann Lee" }, message: { id: "m", text: "Hi" } },
])("a username is kept beside the name", (body) => {
  const result = normalize(body, {});

  expect(result).toMatchObject({ events: [{ name: "Ann Lee", username: "ann" }] });
});
