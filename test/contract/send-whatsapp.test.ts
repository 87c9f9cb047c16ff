import { afterAll, expect, test } from "vitest";
import type { Command } from "#shared/domain/command.ts";
import { createHttp } from "#shared/providers/http.ts";
import whatsapp from "#shared/providers/whatsapp-cloud/index.ts";
import { readResponse } from "./read-fixtures.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 1000 });
afterAll(() => http.close());

const accepted: unknown = JSON.parse(
  readResponse("whatsapp-cloud", "send_text_ok").body.toString(),
);

const send = async (command: Command, to = "447700900123") => {
  await using far = await startFarSide(answerJson(accepted));
  const outcome = await whatsapp.send({
    http,
    account: {
      externalId: "100000000000001",
      apiUrl: `${far.url}/v24.0/`,
      token: "EAAG",
      guarded: false,
    },
    to,
    command,
    callback: "conversation|replies|0001|1",
    signal: new AbortController().signal,
  });
  return { outcome, request: far.seen[0] };
};

const envelope = {
  messaging_product: "whatsapp",
  recipient_type: "individual",
  to: "447700900123",
  biz_opaque_callback_data: "conversation|replies|0001|1",
};
const title = (length: number, index = 0) => `${index}`.padEnd(length, "x");
const buttons = (count: number, length = 5) =>
  Array.from({ length: count }, (_, index) => ({ id: `b${index}`, title: title(length, index) }));

test("a text goes to the number's messages with the token and the callback", async () => {
  const { outcome, request } = await send({ type: "text", text: "Hi", replyTo: "wamid.1" });

  expect(outcome).toMatchObject({
    kind: "sent",
    providerMessageId: expect.stringMatching(/^wamid/),
  });
  expect(request?.path).toBe("/v24.0/100000000000001/messages");
  expect(request?.headers.authorization).toBe("Bearer EAAG");
  expect(request?.json).toEqual({
    ...envelope,
    context: { message_id: "wamid.1" },
    type: "text",
    text: { body: "Hi" },
  });
});

test.each([
  ["GB.1000000000000000001", { recipient_type: "individual", recipient: "GB.1000000000000000001" }],
  ["US.ENT.abc123", { recipient_type: "individual", recipient: "US.ENT.abc123" }],
  ["Y2FwaV9ncm91cDox", { recipient_type: "group", to: "Y2FwaV9ncm91cDox" }],
])("%s is addressed by its kind", async (to, address) => {
  const { request } = await send({ type: "text", text: "Hi" }, to);

  expect(request?.json).toMatchObject(address);
  expect(
    Object.keys(request?.json ?? {}).filter((key) => key === "to" || key === "recipient"),
  ).toHaveLength(1);
});

test("up to 3 short buttons are buttons, with header and footer", async () => {
  const { request } = await send({
    type: "buttons",
    text: "Which?",
    header: "Visit",
    footer: "Salon",
    buttons: [{ id: "a", title: " Book " }],
  });

  expect(request?.json).toEqual({
    ...envelope,
    type: "interactive",
    interactive: {
      type: "button",
      header: { type: "text", text: "Visit" },
      body: { text: "Which?" },
      footer: { text: "Salon" },
      action: { buttons: [{ type: "reply", reply: { id: "a", title: "Book" } }] },
    },
  });
});

test.each([
  ["3 buttons of 20 letters", buttons(3, 20), "button"],
  ["a title of 21 letters", buttons(2, 21), "list"],
  ["4 buttons", buttons(4), "list"],
  ["10 buttons of 24 letters", buttons(10, 24), "list"],
])("%s", async (_, some, type) => {
  const { request } = await send({ type: "buttons", text: "Which?", buttons: some });

  expect(request?.json).toMatchObject({ type: "interactive", interactive: { type } });
});

test.each([
  [{ menu: "Выбрать" }, "Выбрать"],
  [{}, "☰"],
])("buttons that become a list with %j are opened by %j", async (given, button) => {
  const { request } = await send({
    type: "buttons",
    text: "Which?",
    buttons: buttons(4),
    ...given,
  });

  expect(request?.json).toMatchObject({ interactive: { type: "list", action: { button } } });
});

test.each([
  ["11 buttons", buttons(11)],
  ["a title of 25 letters", buttons(2, 25)],
  ["two of the same title", [buttons(1), buttons(1)].flat()],
])("%s become numbered lines", async (_, some) => {
  const { request } = await send({ type: "buttons", text: "Which?", header: "Top", buttons: some });

  expect(request?.json).toMatchObject({
    type: "text",
    text: { body: expect.stringMatching(/^Top\n\nWhich\?\n\n1\. 0/) },
  });
});

test("a list keeps its sections", async () => {
  const sections = [
    { title: "Morning", rows: [{ id: "r1", title: "9:00", description: "free" }] },
    { title: "Evening", rows: [{ id: "r2", title: "18:00" }] },
  ];
  const { request } = await send({ type: "list", text: "When?", button: "Times", sections });

  expect(request?.json).toMatchObject({
    interactive: { type: "list", body: { text: "When?" }, action: { button: "Times", sections } },
  });
});

test("a list without section titles, where they are needed, becomes numbered lines", async () => {
  const sections = [
    { rows: [{ id: "r1", title: "9:00", description: "free" }] },
    { rows: [{ id: "r2", title: "18:00" }] },
  ];
  const { request } = await send({ type: "list", text: "When?", button: "Times", sections });

  expect(request?.json).toMatchObject({ text: { body: "When?\n\n1. 9:00 – free\n2. 18:00" } });
});

test("a template carries its texts", async () => {
  const { request } = await send({
    type: "template",
    name: "reminder",
    language: "en_GB",
    bodyTexts: ["Ann", "14:00"],
  });

  expect(request?.json).toEqual({
    ...envelope,
    type: "template",
    template: {
      name: "reminder",
      language: { code: "en_GB" },
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", text: "Ann" },
            { type: "text", text: "14:00" },
          ],
        },
      ],
    },
  });
});

test.each([
  [
    { type: "image", link: "https://cdn.example.test/a.jpg", caption: "A" },
    { type: "image", image: { link: "https://cdn.example.test/a.jpg", caption: "A" } },
  ],
  [
    { type: "document", providerMediaId: "400", fileName: "a.pdf" },
    { type: "document", document: { id: "400", filename: "a.pdf" } },
  ],
  [
    { type: "audio", providerMediaId: "401" },
    { type: "audio", audio: { id: "401" } },
  ],
] as const)("a file goes by link or by id: %j", async (command, json) => {
  expect((await send(command)).request?.json).toEqual({ ...envelope, ...json });
});

test("a read mark names the message only and makes none", async () => {
  await using far = await startFarSide(answerJson({ success: true }));
  const outcome = await whatsapp.send({
    http,
    account: { externalId: "1", apiUrl: far.url, token: "t", guarded: false },
    to: "447700900123",
    command: { type: "read", messageId: "wamid.9" },
    callback: "x",
    signal: new AbortController().signal,
  });

  expect(outcome).toEqual({ kind: "sent" });
  expect(far.seen[0]?.json).toEqual({
    messaging_product: "whatsapp",
    status: "read",
    message_id: "wamid.9",
  });
});

test.each<[string, Command]>([
  ["a text over 4096", { type: "text", text: "x".repeat(4097) }],
  ["an empty text", { type: "text", text: "" }],
  ["a file without link and id", { type: "image" }],
  ["a file with both", { type: "image", link: "https://a.test/b.jpg", mediaId: "1" }],
  ["audio with a caption", { type: "audio", providerMediaId: "1", caption: "listen" }],
  ["a caption over 1024", { type: "image", mediaId: "1", caption: "x".repeat(1025) }],
  ["numbered lines over 4096", { type: "buttons", text: "x".repeat(4090), buttons: buttons(3) }],
])("%s is refused without a call", async (_, command) => {
  const { outcome, request } = await send(command);

  expect(outcome).toMatchObject({ kind: "refused", code: "invalid_command" });
  expect(request).toBeUndefined();
});

test("4096 letters outside the basic plane are one text", async () => {
  expect((await send({ type: "text", text: "💇".repeat(4096) })).outcome.kind).toBe("sent");
});

test("a refused connection leaves the message surely unsent", async () => {
  const far = await startFarSide(answerJson({}));
  await far[Symbol.asyncDispose]();

  const outcome = await whatsapp.send({
    http,
    account: { externalId: "1", apiUrl: far.url, token: "t", guarded: false },
    to: "1",
    command: { type: "text", text: "Hi" },
    callback: "x",
    signal: new AbortController().signal,
  });

  expect(outcome.kind).toBe("unreached");
});
