import { afterAll, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import { createHttp } from "#shared/providers/http.ts";
import wazzup24 from "#shared/providers/wazzup24/index.ts";
import { createWazzupSimulator } from "#simulators/wazzup24/create-simulator.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 1000 });
afterAll(() => http.close());

const channelId = "11111111-1111-4111-8111-111111111111";
const chatId = "447700900123";
const callback = "c|replies|0000000001~1~1762000000000";

const callTo = (url: string, command: Command, to = chatId) => ({
  http,
  account: { externalId: channelId, apiUrl: url, token: "s3cret", guarded: false },
  to,
  command,
  callback,
  signal: new AbortController().signal,
});

interface Far {
  readonly transport?: string;
  readonly to?: string;
}

const send = async (command: Command, { transport = "whatsapp", to = chatId }: Far = {}) => {
  await using far = await startFarSide((response, seen) => {
    const channels = [{ channelId, transport, plainId: "1", state: "active" }];
    const isMessage = seen.path === "/message";
    const body = isMessage ? { messageId: "m-1", chatId: to } : channels;
    answerJson(body, isMessage ? 201 : 200)(response, seen);
  });
  const outcome = await wazzup24.send(callTo(far.url, command, to));
  const request = far.seen.find(({ path }) => path === "/message");
  return { outcome, request, seen: far.seen };
};

const buttons = (count: number, letters = 5) =>
  Array.from({ length: count }, (_, index) => ({
    id: `b${index}`,
    title: String(index).padEnd(letters, "x"),
  }));

test("a text goes to its chat under a short id that each attempt repeats", async () => {
  const { outcome, request } = await send({ type: "text", text: "Hi", replyTo: "m-0" });

  expect(outcome).toEqual({ kind: "sent", providerMessageId: "m-1" });
  expect(request).toMatchObject({ method: "POST", headers: { authorization: "Bearer s3cret" } });
  expect(request?.json).toEqual({
    channelId,
    chatType: "whatsapp",
    chatId,
    text: "Hi",
    refMessageId: "m-0",
    crmMessageId: expect.stringMatching(/^[0-9a-f]{32}$/),
    clearUnanswered: false,
  });
});

test("the id is the same in another attempt, and another for another send", async () => {
  await using far = await startFarSide((response, seen) => {
    const channels = [{ channelId, transport: "whatsapp" }];
    answerJson(seen.path === "/message" ? { messageId: "m" } : channels)(response, seen);
  });
  const call = callTo(far.url, { type: "text", text: "Hi" });

  await wazzup24.send(call);
  await wazzup24.send({ ...call, callback: callback.replace("~1~", "~2~") });
  await wazzup24.send({ ...call, callback: callback.replace("01~", "02~") });

  const [first, again, other] = far.seen
    .filter(({ path }) => path === "/message")
    .map(({ json }) => JSON.stringify(json));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("how the channel is connected is asked once", async () => {
  await using far = await startFarSide((response, seen) => {
    const channels = [{ channelId, transport: "tgapi" }];
    answerJson(seen.path === "/message" ? { messageId: "m" } : channels)(response, seen);
  });

  for (let sends = 0; sends < 3; sends++)
    await wazzup24.send(callTo(far.url, { type: "text", text: "Hi" }));

  expect(far.seen.filter(({ path }) => path === "/channels")).toHaveLength(1);
});

test.each([
  ["whatsapp", "447700900123", "whatsapp"],
  ["wapi", "447700900123", "whatsapp"],
  ["whatsapp", "120363000000000001", "whatsgroup"],
  ["whatsapp", "447700900123-1581234048", "whatsgroup"],
  ["tgapi", "900000001", "telegram"],
  ["telegram", "900000001", "telegram"],
  ["tgapi", "-1001234567890", "telegroup"],
  ["instagram", "test.customer", "instagram"],
  ["viber", "447700900123", "viber"],
  ["vk", "12345", "vk"],
  ["avito", "u2i-1", "avito"],
  ["maxbot", "77", "max"],
])("a %s channel writes to %s as %s", async (transport, to, chatType) => {
  const { request } = await send({ type: "text", text: "Hi" }, { transport, to });

  expect(request?.json).toMatchObject({ chatType, chatId: to });
});

test("WABA has buttons, and a press brings the title back", async () => {
  const { request } = await send(
    { type: "buttons", text: "Which?", buttons: [{ id: "a", title: "Book" }] },
    { transport: "wapi" },
  );

  expect(request?.json).toMatchObject({
    text: "Which?",
    buttonsObject: { buttons: [{ text: "Book", type: "text", payload: "Book" }] },
  });
});

test("a Telegram bot has a keyboard that goes once it was used", async () => {
  const { request } = await send(
    { type: "buttons", text: "Which?", buttons: [{ id: "a", title: "Book" }] },
    { transport: "telegram" },
  );

  expect(request?.json).toMatchObject({
    buttonsObject: { replyMarkup: "reply", oneTimeKeyboard: true, buttons: [[{ text: "Book" }]] },
  });
});

test.each([
  ["WhatsApp by phone", "whatsapp", buttons(2)],
  ["a title of 21 letters on WABA", "wapi", buttons(2, 21)],
  ["11 buttons on WABA", "wapi", buttons(11)],
  ["two of the same title", "wapi", [buttons(1), buttons(1)].flat()],
])("buttons become numbered lines: %s", async (_, transport, some) => {
  const { request } = await send({ type: "buttons", text: "Which?", buttons: some }, { transport });

  expect(request?.json).not.toHaveProperty("buttonsObject");
  expect(request?.json).toMatchObject({ text: expect.stringMatching(/^Which\?\n\n1\. 0/) });
});

test("a list becomes numbered lines", async () => {
  const sections = [{ rows: [{ id: "r1", title: "9:00", description: "free" }] }];
  const { request } = await send({ type: "list", text: "When?", button: "Times", sections });

  expect(request?.json).toMatchObject({ text: "When?\n\n1. 9:00 – free" });
});

test("a template goes by its id with its values", async () => {
  const { request } = await send(
    { type: "template", name: "6201005a", language: "en", bodyTexts: ["Ann", "14:00"] },
    { transport: "wapi" },
  );

  expect(request?.json).toMatchObject({ templateId: "6201005a", templateValues: ["Ann", "14:00"] });
});

test("a file goes by its link alone, its caption as a message after it", async () => {
  const link = "https://a.test/p.jpg";
  const { request } = await send({ type: "image", link });

  expect(request?.json).toMatchObject({ contentUri: link });
  expect(request?.json).not.toHaveProperty("text");
  expect(wazzup24.split?.({ type: "image", link, caption: "Look" })).toEqual([
    { type: "image", link },
    { type: "text", text: "Look" },
  ]);
  expect(wazzup24.split?.({ type: "text", text: "Hi" })).toEqual([{ type: "text", text: "Hi" }]);
});

test("a file that could not be fetched is tried once more", async () => {
  let posts = 0;
  await using far = await startFarSide((response, seen) => {
    if (seen.path !== "/message")
      return answerJson([{ channelId, transport: "whatsapp" }])(response, seen);
    posts += 1;
    const failed = { error: "MESSAGE_DOWNLOAD_CONTENT_ERROR", description: "Failed" };
    return answerJson(posts === 1 ? failed : { messageId: "m" }, posts === 1 ? 400 : 201)(
      response,
      seen,
    );
  });

  const outcome = await wazzup24.send(callTo(far.url, { type: "image", link: "https://a.test/b" }));

  expect(outcome).toEqual({ kind: "sent", providerMessageId: "m" });
  expect(posts).toBe(2);
});

test.each<[string, Command, Far?]>([
  ["a text over 10000", { type: "text", text: "x".repeat(10_001) }],
  [
    "a text over 1000 on Instagram",
    { type: "text", text: "x".repeat(1001) },
    { transport: "instagram" },
  ],
  ["an empty text", { type: "text", text: "" }],
  ["a file by another provider's id", { type: "image", providerMediaId: "1" }],
  [
    "a file with a caption that was not split",
    { type: "image", link: "https://a.test/b", caption: "c" },
  ],
  ["a read mark", { type: "read", messageId: "m" }],
])("%s is refused without a call", async (_, command, far) => {
  const { outcome, request } = await send(command, far);

  expect(outcome).toMatchObject({ kind: "refused", code: "invalid_command" });
  expect(request).toBeUndefined();
});

test("a channel that the account does not have pauses ours", async () => {
  await using far = await startFarSide(answerJson([{ channelId: "another", transport: "wapi" }]));

  const outcome = await wazzup24.send(callTo(far.url, { type: "text", text: "Hi" }));

  expect(outcome).toMatchObject({ kind: "account", code: "CHANNEL_NOT_FOUND" });
});

test.each([500, 503])("HTTP %i before the message leaves it surely unsent", async (status) => {
  await using far = await startFarSide(answerJson({}, status));

  expect(await wazzup24.send(callTo(far.url, { type: "text", text: "Hi" }))).toMatchObject({
    kind: "unreached",
  });
});

test("a lost answer is unknown and does not quote the key", async () => {
  await using far = await startFarSide((response, seen) => {
    if (seen.path === "/message") response.socket?.destroy();
    else answerJson([{ channelId, transport: "whatsapp" }])(response, seen);
  });

  const outcome = await wazzup24.send(callTo(far.url, { type: "text", text: "Hi" }));

  expect(outcome.kind).toBe("unknown");
  expect(JSON.stringify(outcome)).not.toContain("s3cret");
});

const media = "https://a.test/a.jpg";
const kinds: readonly (readonly [Command, string, string])[] = [
  [{ type: "text", text: "Hi" }, "whatsapp", "text"],
  [{ type: "image", link: media }, "whatsapp", "file"],
  [{ type: "document", link: media }, "instagram", "file"],
  [{ type: "buttons", text: "Which?", buttons: buttons(3) }, "whatsapp", "text"],
  [{ type: "buttons", text: "Which?", buttons: buttons(3) }, "wapi", "buttons"],
  [{ type: "buttons", text: "Which?", buttons: buttons(3) }, "telegram", "buttons"],
  [{ type: "buttons", text: "Which?", buttons: buttons(3) }, "maxbot", "buttons"],
  [{ type: "template", name: "6201005a", language: "en" }, "wapi", "template"],
];

test.each(kinds)("the simulator takes %j on %s as %s", async (command, transport, type) => {
  const channels = [{ channelId, transport, plainId: "1" }];
  const simulator = await createWazzupSimulator({ channels, apiKey: "s3cret" });
  const outcome = await wazzup24.send(callTo(`${simulator.url}/v3`, command));
  await simulator.close();

  expect(outcome).toMatchObject({ kind: "sent" });
  expect(simulator.ledger.entries()).toMatchObject([{ type, to: chatId, account: channelId }]);
});
