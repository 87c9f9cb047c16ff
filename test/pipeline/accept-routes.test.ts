import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText, metaTexts, minimalText } from "../support/bodies.ts";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ WHATSAPP_VERIFY_TOKEN: "your_secret_verify_token_12345" });
  const open = { open: "loopback" } as const;
  await api.addChannel({ _id: "g", externalId: "1", defaultOf: "green-api", ...open });
  await api.addChannel({ _id: "w", provider: "whatsapp-cloud", externalId: "100", ...open });
});
afterAll(() => api.stop());

const green = greenText(1, "79001112233", "hi");
const meta = metaTexts({ phoneNumberId: "100", from: "79001112233" });
const posts: readonly (readonly [path: string, body: unknown, channel: string])[] = [
  ["/webhook", green, "g"],
  ["/webhook/", minimalText, "g"],
  ["/api/webhooks/greenapi/incoming", green, "g"],
  ["/api/webhooks/greenapi/incoming/", minimalText, "g"],
  ["/api/v1/webhooks/green-api/g", green, "g"],
  ["/api/v1/webhooks/green-api/g/", minimalText, "g"],
  ["/api/v1/webhooks/whatsapp", meta, "w"],
  ["/api/v1/webhooks/whatsapp/", meta, "w"],
  ["/api/v1/webhooks/whatsapp/w", meta, "w"],
  ["/api/v1/webhooks/whatsapp-cloud/w", meta, "w"],
];

test.for(posts)("POST %s reaches its channel", async ([path, body, channel]) => {
  const answer = await api.post(path, body);

  expect([answer.status, await answer.json()]).toEqual([200, { status: "ok" }]);
  const { channelId } = (await api.readJournal()).at(-1) ?? {};
  expect(channelId).toBe(channel);
});

test.for(["/webhook", "/webhook/", "/api/v1/webhooks/green-api/g"])(
  "GET %s says that somebody listens",
  async (path) => {
    const answer = await api.get(path);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ok", message: "Webhook endpoint is active" });
  },
);

const asks = (token: string, more = "") =>
  `?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444${more}`;

test.for([
  "/api/v1/webhooks/whatsapp",
  "/api/v1/webhooks/whatsapp/",
  "/api/v1/webhooks/whatsapp/w",
])("GET %s gives Meta its challenge back as text, and 403 for a wrong token", async (path) => {
  const right = await api.get(path + asks("your_secret_verify_token_12345"));
  const wrong = await api.get(path + asks("guess"));

  expect([right.status, await right.text()]).toEqual([200, "1158201444"]);
  expect(right.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(wrong.status).toBe(403);
});

test("a handshake with a parameter twice is rejected", async () => {
  const query = asks("your_secret_verify_token_12345", "&hub.challenge=2");

  expect((await api.get(`/api/v1/webhooks/whatsapp${query}`)).status).toBe(400);
});

test("the first page says where things are", async () => {
  expect(await (await api.get("/")).json()).toMatchObject({ name: "switchboard" });
});
