import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";
import { connect } from "node:net";

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  await api.addChannel({ _id: "c1", externalId: "1101", secrets: ["right"] });
  await api.addChannel({
    _id: "far",
    externalId: "1102",
    secrets: ["right"],
    allowFrom: ["10.0.0.0/8"],
  });
});
afterAll(() => api.stop());

const right = { authorization: "Bearer right" };

test("a proven webhook is answered 200 with the provider's success body", async () => {
  const answer = await api.post("/webhook", greenText(1101, "79001112233", "hello"), right);

  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
});

test("a webhook is in the journal before its answer, with what the request was", async () => {
  const body = greenText(1101, "79001112244", "journaled");

  const answer = await api.post("/webhook", body, { ...right, "user-agent": "tester" });

  const entry = (await api.readJournal()).at(-1);
  expect(answer.headers.get("x-request-id")).toBe(entry?.request.id);
  expect(entry).toMatchObject({
    channelId: "c1",
    tenantId: "tenant",
    source: "webhook",
    headers: { "user-agent": "tester" },
    request: { address: "127.0.0.1", userAgent: "tester", bytes: JSON.stringify(body).length },
  });
  expect(entry?.pending).toHaveLength(1);
});

test("a wrong secret is answered 401 with the documented detail", async () => {
  const answer = await api.post("/webhook", greenText(1101, "1", "x"), { "x-webhook-token": "no" });

  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({ detail: "Unauthorized" });
});

test("an address outside the channel's list is answered 403, whatever it proves", async () => {
  const answer = await api.post("/webhook", greenText(1102, "1", "x"), right);

  expect(answer.status).toBe(403);
});

test("a body of 3 MB is taken, one above 4 MB is answered 413", async () => {
  const body = greenText(1101, "79001112255", "x".repeat(3_000_000));
  const taken = await api.post("/webhook", body, right);
  const refused = await api.post("/webhook", Buffer.alloc(4 * 1024 * 1024 + 1, "x"), right);

  expect(taken.status).toBe(200);
  expect(refused.status).toBe(413);
  expect(await refused.json()).toEqual({ detail: "Payload Too Large" });
});

test("a compressed body is answered 415, an unknown path 404, another method 405", async () => {
  const packed = await api.post("/webhook", "x", { ...right, "content-encoding": "gzip" });
  const nowhere = await api.post("/api/v1/webhooks/nobody/key", "{}");
  const put = await fetch(`${api.url}/webhook`, { method: "PUT", body: "{}" });

  expect([packed.status, nowhere.status, put.status]).toEqual([415, 404, 405]);
  expect(put.headers.get("allow")).toBe("GET, POST");
});

test("every answer forbids sniffing and none says what it was made with", async () => {
  const answers = await Promise.all([api.get("/"), api.get("/nowhere"), api.post("/webhook", "")]);

  expect(answers.map(({ headers }) => headers.get("x-content-type-options"))).toEqual(
    answers.map(() => "nosniff"),
  );
  expect(answers.map(({ headers }) => headers.get("x-powered-by"))).toEqual([null, null, null]);
});

test("a path that cannot be decoded is answered 400 without a word of why", async () => {
  const { port, hostname } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.end(
    "GET /api/v1/webhooks/green-api/%E0%A4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  );
  const chunks = await socket.toArray();
  const text = Buffer.concat(chunks).toString();

  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(text).toContain('{"detail":"Bad Request"}');
});
