import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";
import { eventually } from "../support/eventually.ts";

let api: TestApi;
const secrets = ["channel-token-xyz", "wrong-token-xyz", "verify-token-xyz", "path-token-xyz"];

beforeAll(async () => {
  api = await startTestApi({ WHATSAPP_VERIFY_TOKEN: "verify-token-xyz" });
  await api.addChannel({ _id: "c1", externalId: "1", secrets: ["channel-token-xyz"] });
});
afterAll(() => api.stop());

const requestLines = () =>
  api.lines
    .map((line): Record<string, unknown> => Object(JSON.parse(line)))
    .filter(({ event }) => event === "webhook.request");

test("one line tells all of a webhook request but no secret, text or phone", async () => {
  const body = greenText(1, "79001112233", "words of the customer");

  const answer = await api.post("/webhook", body, {
    authorization: "Bearer channel-token-xyz",
    "user-agent": "tester",
    "x-request-id": "req-1",
  });

  expect(answer.headers.get("x-request-id")).toBe("req-1");
  await eventually(() => expect(requestLines()).toHaveLength(1));
  expect(requestLines()[0]).toMatchObject({
    level: 30,
    route: "/webhook",
    method: "POST",
    status: 200,
    bytes: JSON.stringify(body).length,
    ms: expect.any(Number),
    address: "127.0.0.1",
    userAgent: "tester",
    channelId: "c1",
    requestId: "req-1",
    outcome: "stored",
  });
  expect(api.lines.join("")).not.toMatch(/79001112233|words of the customer/);
});

test("tokens in headers, queries and paths never reach the log", async () => {
  await api.post("/webhook", greenText(1, "1", "x"), { "x-webhook-token": "wrong-token-xyz" });
  await api.get("/api/v1/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=verify-token-xyz");
  await api.post("/api/v1/webhooks/green-api/path-token-xyz", "{}");
  await api.post("/webhook/path-token-xyz", "{}");

  await eventually(() => expect(requestLines().length).toBeGreaterThanOrEqual(4));
  for (const secret of secrets) expect(api.lines.join("")).not.toContain(secret);
});

test("a request id that is no plain word is replaced", async () => {
  const answer = await api.get("/webhook", { "x-request-id": "a b {}" });

  expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
});
