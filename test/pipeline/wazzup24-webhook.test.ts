import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { readRaw, listBodies } from "../contract/read-fixtures.ts";
import { startTestApi, textOf, type TestApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { proxyUrl } from "../support/tcp-proxy.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  const own = { provider: "wazzup24", tenantId: "tenant" } as const;
  await api.addChannel({
    ...own,
    _id: "default",
    externalId: "11111111-1111-4111-8111-111111111111",
    open: "loopback",
    defaultOf: "wazzup24",
  });
  await api.addChannel({ ...own, _id: "proven", externalId: "proven", secrets: ["right"] });
  await api.addChannel({ ...own, _id: "crm", secrets: ["right"], answersCrm: true });
  await api.addChannel({
    ...own,
    _id: "far",
    secrets: ["right"],
    allowFrom: ["10.0.0.0/8"],
  });
});
afterAll(() => api.stop());

const shared = "/api/webhooks/wazzup24";
const ownPath = (key: string) => `/api/v1/webhooks/wazzup24/${key}`;
const success = { status: "success", message: "Webhook processed successfully" };
const bearer = { authorization: "Bearer right" };

const ask = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await api.post(path, body, headers);
  return [answer.status, await answer.json()];
};
const last = async () => (await api.readJournal()).filter(({ unclaimed }) => !unclaimed).at(-1);

test.each([shared, `${shared}/`, ownPath("default")])(
  "GET %s says that the address is there",
  async (path) => {
    const answer = await api.get(path);

    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: "ok", message: "Webhook endpoint is available" },
    ]);
  },
);

const refusedFixtures = ["empty_object", "seed_invalid_missing_data", "seed_invalid_missing_event"];
const taken = listBodies("wazzup24").filter((name) => !refusedFixtures.includes(name));

test.each(taken)("the body %s is taken and kept as it is", async (name) => {
  const raw = readRaw("wazzup24", name);

  expect(await ask(shared, raw)).toEqual([200, success]);
});

const documented = new URL("../fixtures/wazzup24/documented/", import.meta.url);

test.each(readdirSync(documented))(
  "the document's example %s is taken as its curl posts it",
  async (file) => {
    const text = readFileSync(new URL(file, documented), "utf8");
    const headers = { "content-type": "application/json", "user-agent": "Wazzup24/1.0" };

    expect(await ask(shared, text, headers)).toEqual([200, success]);
    const entry = await last();
    expect(entry?.request).toMatchObject({ userAgent: "Wazzup24/1.0" });
    expect(entry && textOf(entry)).toBe(text);
  },
);

const invalid = (errors: Readonly<Record<string, readonly string[]>>) => [
  400,
  { status: "error", message: "Invalid webhook data", errors },
];
const event = ["Event is required"];
const data = ["Data is required"];

test.each([
  [{}, { event, data }],
  [{ hello: "world" }, { event, data }],
  [{ event: "message" }, { data }],
  [{ data: { id: "x" } }, { event }],
  [
    { event: "", data: null },
    { event, data },
  ],
])("the object %j is refused in the document's words, and not kept", async (body, errors) => {
  const before = (await api.readJournal()).length;

  expect(await ask(shared, body)).toEqual(invalid(errors));
  expect(await ask(ownPath("default"), body)).toEqual(invalid(errors));
  expect(await api.readJournal()).toHaveLength(before);
});

test.each([
  ["[]"],
  ['"text"'],
  ["not JSON"],
  [""],
  ['{"event":"presence","data":{}}'],
  ['{"messages":7}'],
])("%s is no such object: it is taken", async (body) => {
  expect(await ask(shared, body)).toEqual([200, success]);
});

test("Wazzup's own content type, with a dash in it, is taken", async () => {
  const type = { "content-type": "application/json; charset-utf-8" };

  expect(await ask(shared, readRaw("wazzup24", "text_message"), type)).toEqual([200, success]);
  expect((await last())?.headers).toMatchObject(type);
});

const dataText = '{"id":"s-1","chatId":"chat_1","type":"text","text":"\\u041f"}';
const hmac = createHmac("sha256", "right").update(dataText).digest("hex");
const signedBody = (signature: string) =>
  `{"event":"message","data":${dataText},"signature":"sha256=${signature}"}`;

test.each([
  ["the crmKey", 200, '{"test":true}', bearer, ""],
  ["a secret in the address", 200, '{"test":true}', {}, "?secret=right"],
  ["a signature over data", 200, signedBody(hmac), {}, ""],
  ["another key", 401, '{"test":true}', { authorization: "Bearer wrong" }, ""],
  ["another secret", 401, '{"test":true}', {}, "?secret=wrong"],
  ["a secret that comes twice", 401, '{"test":true}', {}, "?secret=right&secret=right"],
  ["another signature", 401, signedBody("0".repeat(64)), {}, ""],
  ["nothing", 401, '{"test":true}', {}, ""],
  ["nothing, and no event", 401, "{}", {}, ""],
])("a channel with a secret, and %s: %i", async (_, status, body, headers, query) => {
  expect((await ask(ownPath("proven") + query, body, headers))[0]).toBe(status);
});

test("an address outside the channel's list is answered 403, whatever it proves", async () => {
  expect((await ask(ownPath("far"), { test: true }, bearer))[0]).toBe(403);
});

test("contacts and deals are made where the channel is set so, a repeated request the same one", async () => {
  const createContact = {
    responsibleUserId: "1",
    name: "Ann",
    contactData: [{ chatType: "whatsapp", chatId: "447700900123" }],
    source: "auto",
  };
  const createDeal = { responsibleUserId: "1", contacts: ["1"], source: "byUser" };
  const [contact, again, deal] = await Promise.all(
    [{ createContact }, { createContact }, { createDeal }].map((body) =>
      ask(ownPath("crm"), body, bearer),
    ),
  );
  const id = expect.stringMatching(/^[0-9a-f]{32}$/);
  const { source: _, ...entity } = createContact;

  expect(contact).toEqual([200, { id, ...entity }]);
  expect(again).toEqual(contact);
  expect(deal).toEqual([
    200,
    { id, name: expect.any(String), responsibleUserId: "1", contacts: ["1"], closed: false },
  ]);
  expect(await ask(ownPath("proven"), { createContact }, bearer)).toEqual([200, success]);
});

test("an unexpected fault is answered 500 in the document's form", async () => {
  await api.addChannel({ _id: "broken", provider: "wazzup24", secrets: ["right"] });
  const broken = { $set: { allowFrom: null, updatedAt: new Date() } };
  await api.database.collection<{ _id: string }>("channels").updateOne({ _id: "broken" }, broken);

  await eventually(async () =>
    expect(await ask(ownPath("broken"), { test: true }, bearer)).toEqual([
      500,
      { status: "error", message: "Internal server error", code: 500 },
    ]),
  );
});

test("with nowhere to store it the answer is 503 in the document's form", async () => {
  const toMongo = await proxyUrl(inject("mongodbUri"));
  const toRedis = await proxyUrl(inject("redisUrl"));
  const away = await startTestApi({
    MONGODB_URI: toMongo.url,
    REDIS_URL: toRedis.url,
    JOURNAL_TIMEOUT_MS: "700",
  });
  onTestFinished(async () => {
    toMongo.proxy.resume();
    toRedis.proxy.resume();
    await away.stop();
    await Promise.all([toMongo.proxy.close(), toRedis.proxy.close()]);
  });
  const channel = {
    _id: "w",
    provider: "wazzup24",
    open: "loopback",
    defaultOf: "wazzup24",
  } as const;
  await away.addChannel(channel);
  expect((await away.post(shared, readRaw("wazzup24", "seed_test_curl"))).status).toBe(200);
  toMongo.proxy.cut();
  toRedis.proxy.cut();

  const answer = await away.post(shared, readRaw("wazzup24", "seed_test_curl"));

  expect(answer.headers.get("retry-after")).toBe("5");
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: "error", message: "Service unavailable", code: 503 },
  ]);
});
