import { afterAll, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import { startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 500 });
afterAll(() => http.close());

const chatId = "447700900123@c.us";
const since = 1_762_000_000_000;
const text: Command = { type: "text", text: "Hi" };
const queued = (changes: object = {}, body: object = {}) => ({
  messageID: "3EB0A1",
  type: "sendMessage",
  body: { chatId, message: "Hi", ...body },
  ...changes,
});
const past = (changes: object = {}) => ({
  type: "outgoing",
  idMessage: "3EB0B1",
  timestamp: 1_762_000_001,
  typeMessage: "textMessage",
  chatId,
  textMessage: "Hi",
  sendByApi: true,
  statusMessage: "sent",
  ...changes,
});

interface Far {
  readonly queue?: unknown;
  readonly history?: unknown;
  readonly status?: number;
}

const reconcile = async (
  { queue = [], history = [], status = 200 }: Far,
  command: Command = text,
  taken: readonly string[] = [],
) => {
  await using far = await startFarSide((response, { path }) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(path?.includes("showMessagesQueue") ? queue : history));
  });
  const answer = await greenApi.reconcile?.({
    http,
    account: { externalId: "1101999001", apiUrl: far.url, token: "s3cret", guarded: false },
    to: chatId,
    command,
    callback: "x",
    since,
    ageMs: () => 0,
    isTaken: async (id) => taken.includes(id),
    signal: new AbortController().signal,
  });
  return { answer, seen: far.seen };
};

const arrived = (providerMessageId: string) => ({ kind: "arrived", providerMessageId });

test("neither queued nor in the history is absent, and the queue is asked first", async () => {
  const { answer, seen } = await reconcile({});

  expect(answer).toEqual({ kind: "absent" });
  expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /waInstance1101999001/showMessagesQueue/s3cret",
    "POST /waInstance1101999001/getChatHistory/s3cret",
  ]);
  expect(seen[1]?.json).toMatchObject({ chatId });
});

test("a queued message with an id has arrived", async () => {
  expect((await reconcile({ queue: [queued()] })).answer).toEqual(arrived("3EB0A1"));
});

test("a queued message without an id: ask again", async () => {
  const bare = { typeMessage: "textMessage", chatId, message: "Hi" };

  expect((await reconcile({ queue: [bare] })).answer?.kind).toBe("silent");
});

test.each([
  ["another chat's", queued({}, { chatId: "447700900999@c.us" })],
  ["another text", queued({}, { message: "Bye" })],
  ["a file of that caption", queued({}, { message: undefined, caption: "Hi", fileName: "a.jpg" })],
])("%s in the queue is not ours", async (_, item) => {
  expect((await reconcile({ queue: [item] })).answer).toEqual({ kind: "absent" });
});

test("a message in the history has arrived", async () => {
  expect((await reconcile({ history: [past()] })).answer).toEqual(arrived("3EB0B1"));
});

test("text that became a link preview is found", async () => {
  const item = past({
    typeMessage: "extendedTextMessage",
    textMessage: undefined,
    extendedTextMessage: { text: "Hi" },
  });

  expect((await reconcile({ history: [item] })).answer).toEqual(arrived("3EB0B1"));
});

test.each([
  ["older than the attempt", past({ timestamp: 1_761_999_990 })],
  ["incoming", past({ type: "incoming" })],
  ["typed on the phone", past({ sendByApi: false })],
  ["of another text", past({ textMessage: "Hi!" })],
  ["without an id", past({ idMessage: "" })],
])("a past message %s is not ours", async (_, item) => {
  expect((await reconcile({ history: [item] })).answer).toEqual({ kind: "absent" });
});

test("a clock that is behind by some seconds does not hide it", async () => {
  const item = past({ timestamp: 1_761_999_996 });

  expect((await reconcile({ history: [item] })).answer?.kind).toBe("arrived");
});

test("an id that belongs to another send is passed over, the oldest of the rest is ours", async () => {
  const history = [past({ idMessage: "C" }), past({ idMessage: "B" }), past({ idMessage: "A" })];

  expect((await reconcile({ history }, text, ["A"])).answer).toEqual(arrived("B"));
  expect((await reconcile({ history }, text, ["A", "B", "C"])).answer).toEqual({ kind: "absent" });
});

test("a file is found by its caption, whatever its name became", async () => {
  const command: Command = { type: "image", link: "https://a.test/a.jpg", caption: "Look" };
  const file = past({ typeMessage: "imageMessage", textMessage: undefined, fileName: "x9.jpg" });

  expect((await reconcile({ history: [{ ...file, caption: "Look" }] }, command)).answer).toEqual(
    arrived("3EB0B1"),
  );
  expect((await reconcile({ history: [file] }, command)).answer).toEqual({ kind: "absent" });
});

test("buttons are found by the text above them", async () => {
  const command: Command = { type: "buttons", text: "Which?", buttons: [{ id: "a", title: "A" }] };
  const item = past({
    typeMessage: "interactiveButtonsReply",
    textMessage: undefined,
    interactiveButtonsReply: { contentText: "Which?", buttons: [] },
  });

  expect((await reconcile({ history: [item] }, command)).answer).toEqual(arrived("3EB0B1"));
});

test.each([
  ["HTTP 500", { status: 500 }],
  ["HTTP 429", { status: 429 }],
  ["a queue that is no list", { queue: { message: "odd" } }],
  ["a history that is no list", { history: null }],
  [
    "a queue as long as its listing",
    { queue: Array.from({ length: 500 }, () => queued({}, { message: "x" })) },
  ],
  [
    "a history that ends too soon",
    { history: Array.from({ length: 100 }, () => past({ textMessage: "x" })) },
  ],
])("%s proves nothing", async (_, far) => {
  expect((await reconcile(far)).answer?.kind).toBe("silent");
});

test("a read mark is no message to look for", async () => {
  const { answer, seen } = await reconcile({}, { type: "read", messageId: "3EB1" });

  expect(answer).toEqual({ kind: "absent" });
  expect(seen).toHaveLength(0);
});

test("a connection that is refused proves nothing", async () => {
  const answer = await greenApi.reconcile?.({
    http,
    account: { externalId: "1", apiUrl: "http://127.0.0.1:1", token: "s3cret", guarded: false },
    to: chatId,
    command: text,
    callback: "x",
    since,
    ageMs: () => 0,
    isTaken: async () => false,
    signal: new AbortController().signal,
  });

  expect(answer?.kind).toBe("silent");
  expect(JSON.stringify(answer)).not.toContain("s3cret");
});

const location: Command = { type: "location", latitude: 51.5007, longitude: -0.1246 };
const contacts: Command = {
  type: "contacts",
  contacts: [{ name: "Ann Smith", phones: ["+447700900456"] }],
};
const poll: Command = { type: "poll", text: "Which day?", options: ["Monday", "Tuesday"] };
const plain = { textMessage: undefined };
const pin = past({
  ...plain,
  typeMessage: "locationMessage",
  location: { latitude: 51.500_7, longitude: -0.124_6, nameLocation: "" },
});
const card = past({
  ...plain,
  typeMessage: "contactMessage",
  contact: { displayName: "Ann Smith", vcard: "BEGIN:VCARD" },
});
const vote = past({
  ...plain,
  typeMessage: "pollMessage",
  pollMessageData: { name: "Which day?" },
});

test.each([
  ["a place", location, pin],
  ["a card", contacts, card],
  ["a poll", poll, vote],
])("%s is found in the history, and not taken for another kind", async (_, command, item) => {
  const others = [pin, card, vote, past()].filter((each) => each !== item);

  expect((await reconcile({ history: [item] }, command)).answer).toEqual(arrived("3EB0B1"));
  expect((await reconcile({ history: others }, command)).answer).toEqual({ kind: "absent" });
});

test.each([
  ["a place", location, { latitude: 51.5007, longitude: -0.1246 }],
  ["a card", contacts, { contact: { phoneContact: 447700900456, firstName: "Ann Smith" } }],
])("%s is found in the queue", async (_, command, body) => {
  const item = queued({}, { message: undefined, ...body });

  expect((await reconcile({ queue: [item] }, command)).answer).toEqual(arrived("3EB0A1"));
});

test.each(["read", "typing"] as const)("nobody looks for a mark (%s)", async (type) => {
  const { answer, seen } = await reconcile({}, { type, messageId: "m1" });

  expect(answer).toEqual({ kind: "absent" });
  expect(seen).toEqual([]);
});
