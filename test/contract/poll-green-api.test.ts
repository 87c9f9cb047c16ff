import { afterAll, expect, test } from "vitest";
import { createHttp } from "#shared/providers/http.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { readResponse } from "./read-fixtures.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 5000 });
afterAll(() => http.close());

const callOf = (apiUrl: string, waitMs = 20_000) => ({
  http,
  account: { externalId: "1101999001", apiUrl, token: "demo-green-token", guarded: false },
  signal: new AbortController().signal,
  settings: {},
  cursor: undefined,
  waitMs,
  now: Date.now(),
});

const look = (apiUrl: string, waitMs?: number) => greenApi.poll?.receive(callOf(apiUrl, waitMs));

const answerText =
  (text: string, status = 200): Parameters<typeof startFarSide>[0] =>
  (response) =>
    response.writeHead(status, { "content-type": "text/html" }).end(text);

test.each([
  [1000, "receiveTimeout=5"],
  [20_000, "receiveTimeout=20"],
  [90_000, "receiveTimeout=60"],
])("a question open for %i ms asks for what Green API takes", async (waitMs, query) => {
  await using far = await startFarSide(answerJson(null));

  expect(await look(far.url, waitMs)).toEqual({ kind: "nothing" });
  expect(far.seen[0]).toMatchObject({
    method: "GET",
    path: `/waInstance1101999001/receiveNotification/demo-green-token?${query}`,
  });
});

test("the captured notification is handed on as a webhook would have brought it", async () => {
  const { body } = readResponse("green-api", "receive_notification_ok");
  await using far = await startFarSide(answerText(body.toString()));

  const polled = await look(far.url);

  expect(polled).toMatchObject({ kind: "received", receipt: "1234567", hasMore: true });
  const raw = polled?.kind === "received" ? polled.raw.toString() : "";
  expect(JSON.parse(raw)).toEqual(JSON.parse(body.toString()).body);
});

test.each([
  ["0", "0"],
  ["9007199254740993", "9007199254740993"],
])("a receipt %s is acknowledged digit by digit", async (receiptId, receipt) => {
  await using far = await startFarSide(answerText(`{"receiptId":${receiptId},"body":{}}`));

  expect(await look(far.url)).toMatchObject({ kind: "received", receipt });
});

test("a notification that nobody can read leaves the queue for a person", async () => {
  const text = '{"receiptId":7,"body":{"__proto__":{"a":1}}}';
  await using far = await startFarSide(answerText(text));

  expect(await look(far.url)).toMatchObject({
    kind: "received",
    receipt: "7",
    raw: Buffer.from(text),
  });
});

test.each([
  ["an empty answer", "", 200, { kind: "nothing" }],
  ["a second question beside a forgotten one", "", 408, { kind: "nothing" }],
  ["a page in the place of an answer", "<html>", 200, { kind: "unreached" }],
  ["a gateway's fault", "Bad Gateway", 502, { kind: "unreached" }],
  ["too many questions", "Too Many Requests", 429, { kind: "unreached" }],
  [
    "a starting instance",
    '{"message":"instance in starting process try later"}',
    400,
    { kind: "unreached", retryAfterMs: 10_000 },
  ],
  [
    "a webhook address that is not gone yet",
    '{"reason":"Message cannot be received because custom webhook url is set"}',
    400,
    {
      kind: "unreached",
      retryAfterMs: 60_000,
      reason: expect.stringContaining("--apply-settings"),
    },
  ],
  [
    "a logged-out phone",
    '{"message":"instance is starting or not authorized"}',
    400,
    { kind: "refused", advice: expect.stringContaining("QR") },
  ],
  ["an expired plan", '{"message":"Instance account is expired"}', 400, { kind: "refused" }],
  ["a used-up quota", "{}", 466, { kind: "refused", advice: expect.stringContaining("quota") }],
  ["a wrong host", "Forbidden", 403, { kind: "refused" }],
])("%s", async (_, text, status, expected) => {
  await using far = await startFarSide(answerText(text, status));

  expect(await look(far.url)).toMatchObject(expected);
});

test("nobody there is no reason to give up", async () => {
  const far = await startFarSide(answerJson(null));
  await far[Symbol.asyncDispose]();

  expect(await look(far.url)).toMatchObject({ kind: "unreached" });
  expect(await greenApi.poll?.acknowledge?.(callOf(far.url), "1")).toBe(false);
});

test.each([
  ["delete_notification_ok", true],
  ["delete_notification_already_gone", false],
  ["error_502_bad_gateway", false],
])("%s: acknowledged is %s", async (name, expected) => {
  const { status, body } = readResponse("green-api", name);
  await using far = await startFarSide(answerText(body.toString(), status));

  expect(await greenApi.poll?.acknowledge?.(callOf(far.url), "1234567")).toBe(expected);
  expect(far.seen[0]).toMatchObject({
    method: "DELETE",
    path: "/waInstance1101999001/deleteNotification/demo-green-token/1234567",
  });
});

test("while a webhook address is set the simulator refuses to be polled, as Green API does", async () => {
  const green = await createGreenApiSimulator({ webhookUrl: "http://127.0.0.1:9/" });
  try {
    expect(await look(green.url)).toMatchObject({ kind: "unreached", retryAfterMs: 60_000 });
  } finally {
    await green.close();
  }
});
