import { afterAll, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import greenApi from "#shared/providers/green-api/index.ts";
import { createHttp } from "#shared/providers/http.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 1000 });
afterAll(() => http.close());

const chatId = "447700900123@c.us";

const send = async (command: Command, to = chatId) => {
  await using far = await startFarSide(answerJson({ idMessage: "3EB0" }));
  const outcome = await greenApi.send({
    http,
    account: { externalId: "1101999001", apiUrl: far.url, token: "s3cret", guarded: false },
    to,
    command,
    callback: "x",
    signal: new AbortController().signal,
  });
  return { outcome, request: far.seen[0], method: far.seen[0]?.path?.split("/")[2] };
};

const buttons = [
  { id: "book", title: "Book a visit" },
  { id: "ask", title: "Ask" },
];

test("a text is queued by sendMessage", async () => {
  const { outcome, request } = await send({ type: "text", text: "Hi", replyTo: "3EB1" });

  expect(outcome).toEqual({ kind: "sent", providerMessageId: "3EB0" });
  expect(request).toMatchObject({
    method: "POST",
    path: "/waInstance1101999001/sendMessage/s3cret",
  });
  expect(request?.json).toEqual({ chatId, message: "Hi", quotedMessageId: "3EB1" });
});

test("buttons go to a personal chat as buttons", async () => {
  const { method, request } = await send({
    type: "buttons",
    text: "Which?",
    footer: "Salon",
    buttons,
  });

  expect(method).toBe("sendInteractiveButtonsReply");
  expect(request?.json).toEqual({
    chatId,
    body: "Which?",
    footer: "Salon",
    buttons: [
      { buttonId: "book", buttonText: "Book a visit" },
      { buttonId: "ask", buttonText: "Ask" },
    ],
  });
});

test.each([
  ["a group", "120363000000000001@g.us", buttons],
  ["a hidden number", "120650000000001@lid", buttons],
  ["4 buttons", chatId, [...buttons, ...buttons]],
  ["a title of 26 letters", chatId, [{ id: "a", title: "x".repeat(26) }]],
])("buttons become numbered lines for %s", async (_, to, some) => {
  const { method, request } = await send({ type: "buttons", text: "Which?", buttons: some }, to);

  expect(method).toBe("sendMessage");
  expect(request?.json).toMatchObject({ message: expect.stringMatching(/^Which\?\n\n1\. /) });
});

test("a list becomes numbered lines", async () => {
  const sections = [{ rows: [{ id: "r1", title: "9:00", description: "free" }] }];
  const { request } = await send({ type: "list", text: "When?", button: "Times", sections });

  expect(request?.json).toEqual({ chatId, message: "When?\n\n1. 9:00 – free" });
});

test.each<[string, Command & { type: "image" | "audio" | "document" }, string]>([
  [
    "the given name",
    { type: "document", link: "https://a.test/x", fileName: "Plan.pdf" },
    "Plan.pdf",
  ],
  ["the link's last part", { type: "image", link: "https://a.test/p/a%20b.png?size=1" }, "a b.png"],
  ["an ending by type", { type: "audio", link: "https://a.test/voice" }, "voice.mp3"],
  ["the type alone", { type: "image", link: "https://a.test/" }, "image.jpg"],
  [
    "a broken escape as it is",
    { type: "image", link: "https://a.test/%E0%A4%A.jpg" },
    "%E0%A4%A.jpg",
  ],
])("a file is named by %s", async (_, command, fileName) => {
  const { method, request } = await send(command);

  expect(method).toBe("sendFileByUrl");
  expect(request?.json).toEqual({ chatId, urlFile: command.link, fileName });
});

test("a read mark makes no message", async () => {
  const { method, request } = await send({ type: "read", messageId: "3EB1" });

  expect(method).toBe("readChat");
  expect(request?.json).toEqual({ chatId, idMessage: "3EB1" });
});

test.each<[string, Command]>([
  ["a template", { type: "template", name: "a", language: "en" }],
  ["a file by another provider's id", { type: "image", providerMediaId: "1" }],
  ["a text over 20000", { type: "text", text: "x".repeat(20_001) }],
])("%s is refused without a call", async (_, command) => {
  const { outcome, request } = await send(command);

  expect(outcome).toMatchObject({ kind: "refused", code: "invalid_command" });
  expect(request).toBeUndefined();
});

test("a lost answer is unknown and does not quote the token", async () => {
  await using far = await startFarSide((response) => response.socket?.destroy());
  const outcome = await greenApi.send({
    http,
    account: { externalId: "1", apiUrl: far.url, token: "s3cret", guarded: false },
    to: chatId,
    command: { type: "text", text: "Hi" },
    callback: "x",
    signal: new AbortController().signal,
  });

  expect(outcome.kind).toBe("unknown");
  expect(JSON.stringify(outcome)).not.toContain("s3cret");
});
