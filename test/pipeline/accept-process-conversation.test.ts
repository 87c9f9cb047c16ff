import { afterAll, beforeAll, expect, test } from "vitest";
import { manualEvent } from "../../src/shared/models/manual-entry.ts";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import { startTestApi, type TestApi } from "../support/api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ TRUST_PROXY: "127.0.0.1", WEBHOOK_SECRET: "shared" });
  await api.addChannel({ _id: "c1", externalId: "1", open: "loopback", defaultOf: "green-api" });
});
afterAll(() => api.stop());

const post = (body: unknown, headers = {}) => api.post("/processConversation", body, headers);

test("a manual entry is journaled on the default channel as an unverified message", async () => {
  const answer = await post({ client_phone: "+1 (234) 567-890", message: "Привет" });

  const entry = (await api.readJournal()).at(-1);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok", id: entry?._id });
  expect(entry).toMatchObject({
    source: "manual",
    channelId: "c1",
    pending: [conversationIdOf("c1", "1234567890@c.us")],
  });
  expect(manualEvent(entry?.raw ?? new Uint8Array())).toEqual({
    kind: "message",
    direction: "in",
    type: "text",
    messageId: entry?._id,
    chatId: "1234567890@c.us",
    senderId: "1234567890@c.us",
    phone: "1234567890",
    text: "Привет",
    unverified: true,
  });
});

const faulty: readonly (readonly [field: string, body: unknown])[] = [
  ["client_phone", { message: "hi" }],
  ["client_phone", { client_phone: 123_456, message: "hi" }],
  ["client_phone", { client_phone: "call me", message: "hi" }],
  ["message", { client_phone: "+1234567890" }],
  ["message", { client_phone: "+1234567890", message: "  " }],
];

test.for(faulty)("a fault of %s is answered 422 with the field's name", async ([field, body]) => {
  const answer = await post(body);

  expect(answer.status).toBe(422);
  expect(await answer.json()).toEqual({
    detail: [{ loc: ["body", field], msg: expect.any(String), type: expect.any(String) }],
  });
});

test("what is no JSON object is answered 422, every missing field at once", async () => {
  const broken = await (await post("{")).json();
  const empty = await (await post({})).json();

  expect(broken).toEqual({
    detail: [{ loc: ["body"], msg: "the body is not JSON", type: "json_invalid" }],
  });
  expect(empty).toMatchObject({
    detail: [
      { loc: ["body", "client_phone"], msg: "Field required", type: "missing" },
      { loc: ["body", "message"], msg: "Field required", type: "missing" },
    ],
  });
});

test("nobody from afar makes the bot write to a phone without the token", async () => {
  const body = { client_phone: "+1234567890", message: "hi" };
  const afar = { "x-forwarded-for": "203.0.113.7" };
  const without = await post(body, afar);
  const wrong = await post(body, { ...afar, "x-webhook-token": "guess" });
  const right = await post(body, { ...afar, "x-webhook-token": "shared" });

  expect([without.status, wrong.status, right.status]).toEqual([401, 401, 200]);
});
