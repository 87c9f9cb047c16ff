import { afterAll, expect, test } from "vitest";
import greenApi from "#shared/providers/green-api/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { CustomerMessage } from "#simulators/customer-message.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 5000 });
const green = await createGreenApiSimulator({ pollSecondMs: 10 });
afterAll(() => Promise.all([http.close(), green.close()]));

const callOf = (apiUrl: string) => ({
  http,
  account: { externalId: "1101999001", apiUrl, token: "demo-green-token", guarded: false },
  signal: new AbortController().signal,
});

const ask = (apiUrl: string, backMs = 600_000) => {
  const now = Date.now();
  return greenApi.history?.({ ...callOf(apiUrl), since: now - backMs, now });
};

const eventsOf = (raw: Buffer): readonly unknown[] => {
  const normalized = greenApi.normalize(JSON.parse(raw.toString()), {});
  return "events" in normalized ? normalized.events : [];
};

const readAll = async (apiUrl: string): Promise<readonly unknown[]> => {
  const answer = await ask(apiUrl);
  if (answer?.state !== "ok") throw new Error(`it is ${answer?.state}`);
  return answer.done.flatMap(eventsOf);
};

test.each<[string, CustomerMessage]>([
  ["a text", { text: "Hello" }],
  ["an answer to a message", { text: "Yes", replyTo: "3EB0AA" }],
  ["a pressed button", { button: { id: "y", title: "Yes" }, replyTo: "3EB0AA" }],
  ["a row of a list", { list: { id: "r1", title: "One" } }],
  ["a picture", { image: { caption: "See" } }],
  ["a file", { document: { fileName: "price.pdf" } }],
  ["a voice message", { audio: {} }],
  ["a place", { location: { latitude: 51.5, longitude: -0.1 } }],
  ["a message in a group", { from: "120363043968066561@g.us", text: "Hi" }],
  ["a customer without a number", { from: "123456789012345@lid", text: "Hi" }],
])("%s is the same in the record as in the notification", async (_, said) => {
  const { messageId } = await green.customerSays(said);
  const polled = await greenApi.poll?.receive({
    ...callOf(green.url),
    settings: {},
    cursor: undefined,
    waitMs: 1000,
    now: Date.now(),
  });
  if (polled?.kind !== "received") throw new Error(`it gave ${polled?.kind}`);
  await greenApi.poll?.acknowledge?.(
    { ...callOf(green.url), settings: {}, cursor: undefined, waitMs: 1000, now: 0 },
    polled.receipt ?? "",
  );

  const recorded = await readAll(green.url);

  expect(eventsOf(polled.raw)).toHaveLength(1);
  expect(recorded).toEqual(expect.arrayContaining([...eventsOf(polled.raw)]));
  expect(recorded).toContainEqual(expect.objectContaining({ messageId }));
});

test("the minutes that are asked for reach back far enough", async () => {
  await using far = await startFarSide(answerJson([]));

  expect(await ask(far.url, 61_000)).toEqual({ state: "ok", done: [] });
  expect(far.seen[0]?.path).toBe(
    "/waInstance1101999001/lastIncomingMessages/demo-green-token?minutes=2",
  );
});

test("what is no message of its own, or gone, is left out", async () => {
  const message = { type: "incoming", timestamp: 1762000000, chatId: "447700900123@c.us" };
  const text = { ...message, typeMessage: "textMessage", textMessage: "kept" };
  await using far = await startFarSide(
    answerJson([
      { ...text, idMessage: "1" },
      { ...text, idMessage: "2", isDeleted: true },
      { ...text, idMessage: "3", typeMessage: "editedMessage" },
      { ...text, idMessage: "4", typeMessage: "deletedMessage" },
      { ...text, idMessage: "5", typeMessage: "pollUpdateMessage" },
      text,
      null,
      "6",
    ]),
  );

  expect(await readAll(far.url)).toEqual([expect.objectContaining({ messageId: "1" })]);
});

test.each([
  ["a refused token", { message: "Unauthorized" }, 401, "refused"],
  ["too many questions", "Too Many Requests", 429, "unreached"],
  ["something that is no list", { a: 1 }, 200, "unreached"],
])("%s is no empty record", async (_, body, status, state) => {
  await using far = await startFarSide(answerJson(body, status));

  expect(await ask(far.url)).toMatchObject({ state });
});
