import { expect, test } from "vitest";
import { z } from "zod";
import { notificationsIn } from "./receive-webhooks.ts";
import { call, chatId, sendText, startGreenApi } from "./green-api-setup.ts";

const sentSchema = z.object({ idMessage: z.string() });

test("an accepted message is in the queue first, then in the history", async () => {
  const { simulator } = await startGreenApi();
  simulator.switches.set({ holdQueue: true });

  const { idMessage } = sentSchema.parse(await (await sendText(simulator, "Hi")).json());
  const queued: unknown = await (await call(simulator, "showMessagesQueue")).json();
  expect(queued).toEqual([
    { messageID: idMessage, type: "sendMessage", body: { chatId, message: "Hi" } },
  ]);
  expect(await (await call(simulator, "lastOutgoingMessages")).json()).toEqual([]);

  simulator.switches.set({ holdQueue: false });
  await simulator.idle();
  expect(await (await call(simulator, "showMessagesQueue")).json()).toEqual([]);
  const entry = {
    type: "outgoing",
    idMessage,
    chatId,
    textMessage: "Hi",
    statusMessage: "delivered",
    sendByApi: true,
  };
  const history = await call(simulator, "getChatHistory", { body: { chatId } });
  expect(await history.json()).toMatchObject([entry]);
  const message = await call(simulator, "getMessage", { body: { chatId, idMessage } });
  expect(await message.json()).toMatchObject(entry);
});

test("a message whose answer was lost is found by chat and text", async () => {
  const { simulator } = await startGreenApi();
  simulator.switches.set({ dropAfter: 1, holdQueue: true });

  await expect(sendText(simulator, "lost answer")).rejects.toThrow("fetch failed");

  expect(simulator.ledger.entries()).toMatchObject([{ outcome: "dropped", to: chatId }]);
  expect(await (await call(simulator, "showMessagesQueue")).json()).toMatchObject([
    { body: { chatId, message: "lost answer" } },
  ]);
});

test("a cleared queue sends nothing", async () => {
  const { simulator, hook } = await startGreenApi();
  simulator.switches.set({ holdQueue: true });
  await sendText(simulator, "Hi");

  const cleared = await call(simulator, "clearMessagesQueue");
  expect(await cleared.json()).toEqual({ isCleared: true });
  simulator.switches.set({ holdQueue: false });
  await simulator.idle();

  expect(hook.all).toEqual([]);
});

test("with a yellow card messages are taken but wait", async () => {
  const { simulator, hook } = await startGreenApi();
  simulator.switches.set({ stateInstance: "yellowCard" });

  expect((await sendText(simulator, "Hi")).status).toBe(200);
  await simulator.idle();
  expect(notificationsIn(hook.all)).toMatchObject([
    { typeWebhook: "stateInstanceChanged", stateInstance: "yellowCard" },
  ]);
  simulator.switches.set({ stateInstance: "authorized" });
  await hook.until(() => notificationsIn(hook.all).some(({ status }) => status === "delivered"));
});

test("a send is followed by its echo and by sent, delivered and read", async () => {
  const { simulator, hook } = await startGreenApi({ echo: true });
  simulator.switches.set({ readStatuses: true });

  const { idMessage } = sentSchema.parse(await (await sendText(simulator, "Hi")).json());
  await simulator.idle();

  expect(notificationsIn(hook.all)).toMatchObject([
    {
      typeWebhook: "outgoingAPIMessageReceived",
      idMessage,
      senderData: { chatId },
      messageData: { extendedTextMessageData: { text: "Hi" } },
    },
    { typeWebhook: "outgoingMessageStatus", idMessage, status: "sent", chatId, sendByApi: true },
    { idMessage, status: "delivered" },
    { idMessage, status: "read" },
  ]);
});

test.each([
  [{ failStatus: { code: "noAccount" } }, { status: "noAccount" }],
  [{ failStatus: { code: 131026 } }, { status: "failed", description: "131026" }],
])("failStatus %j reports %j", async (patch, reported) => {
  const { simulator, hook } = await startGreenApi();
  simulator.switches.set(patch);

  await sendText(simulator, "Hi");
  await simulator.idle();

  expect(notificationsIn(hook.all)).toMatchObject([reported]);
});

test("the journals may lag behind", async () => {
  let now = Date.now();
  const { simulator } = await startGreenApi({ now: () => now });
  simulator.switches.set({ historyDelayMs: 120_000 });

  await sendText(simulator, "Hi");
  await simulator.idle();
  expect(await (await call(simulator, "lastOutgoingMessages")).json()).toEqual([]);
  now += 120_000;
  expect(await (await call(simulator, "lastOutgoingMessages")).json()).toHaveLength(1);
});

test.each([
  [
    "sendFileByUrl",
    { urlFile: "https://a.test/1.jpg", fileName: "1.jpg", caption: "See" },
    "imageMessage",
  ],
  [
    "sendInteractiveButtonsReply",
    { body: "Book?", buttons: [{ buttonId: "y", buttonText: "Yes" }] },
    "interactiveButtonsReply",
  ],
  [
    "sendPoll",
    { message: "?", options: [{ optionName: "a" }, { optionName: "b" }] },
    "pollMessage",
  ],
  ["sendLocation", { latitude: 51.5, longitude: -0.1 }, "locationMessage"],
  ["sendContact", { contact: { phoneContact: 447700900456, firstName: "Ann" } }, "contactMessage"],
])("%s is accepted and in the history", async (method, body, typeMessage) => {
  const { simulator } = await startGreenApi();

  expect((await call(simulator, method, { body: { chatId, ...body } })).status).toBe(200);
  await simulator.idle();

  expect(simulator.ledger.entries()).toMatchObject([{ type: method, to: chatId }]);
  const history = await call(simulator, "getChatHistory", { body: { chatId } });
  expect(await history.json()).toMatchObject([{ typeMessage }]);
});
