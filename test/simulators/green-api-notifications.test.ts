import { expect, test } from "vitest";
import { z } from "zod";
import { notificationsIn } from "./receive-webhooks.ts";
import { call, chatId, sendText, startGreenApi } from "./green-api-setup.ts";

test("webhooks carry the token, and a customer's message is in the journal", async () => {
  const { simulator, hook } = await startGreenApi({ webhookToken: "shh" });

  const { status, messageId } = await simulator.customerSays({ text: "Привет", name: "Ann" });

  expect(status).toBe(200);
  expect(hook.all[0]?.headers.authorization).toBe("Bearer shh");
  expect(notificationsIn(hook.all)).toMatchObject([
    {
      typeWebhook: "incomingMessageReceived",
      idMessage: messageId,
      instanceData: { idInstance: 1101999001, typeInstance: "whatsapp" },
      senderData: { chatId, senderName: "Ann" },
      messageData: { textMessageData: { textMessage: "Привет" } },
    },
  ]);
  expect(await (await call(simulator, "lastIncomingMessages")).json()).toMatchObject([
    { type: "incoming", idMessage: messageId, textMessage: "Привет" },
  ]);
});

test("one notification at a time: the head is repeated until 200 and holds up the others", async () => {
  const { simulator, hook } = await startGreenApi({}, 500, 201);

  const said = await Promise.all([
    simulator.customerSays({ text: "one" }),
    simulator.customerSays({ text: "two" }),
  ]);
  await simulator.idle();

  const [one, two] = said.map(({ messageId }) => messageId);
  expect(said.map(({ status }) => status)).toEqual([500, 200]);
  expect(notificationsIn(hook.all).map(({ idMessage }) => idMessage)).toEqual([one, one, one, two]);
});

test("duplicateWebhooks and holdStatuses with reverse order work here, too", async () => {
  const { simulator, hook } = await startGreenApi();
  simulator.switches.set({ holdStatuses: true, duplicateWebhooks: 2 });

  await sendText(simulator, "Hi");
  await simulator.idle();
  expect(hook.all).toEqual([]);
  simulator.switches.set({ holdStatuses: false, reorderWebhooks: "reverse" });
  await simulator.idle();

  const statuses = notificationsIn(hook.all).map(({ status }) => status);
  expect(statuses).toEqual(["delivered", "delivered", "sent", "sent"]);
});

test("a button press names the button and the message it stood under", async () => {
  const { simulator, hook } = await startGreenApi();

  await simulator.customerSays({ button: { id: "book", title: "Book" }, replyTo: "3EB01" });

  expect(notificationsIn(hook.all)).toMatchObject([
    {
      messageData: {
        typeMessage: "interactiveButtonsResponse",
        interactiveButtonsResponse: { selectedId: "book", stanzaId: "3EB01" },
      },
    },
  ]);
});

test("without a webhook address notifications are polled, and come again until deleted", async () => {
  const { simulator } = await startGreenApi({ webhookUrl: "", pollSecondMs: 1 });
  const receive = async (): Promise<unknown> =>
    (await call(simulator, "receiveNotification", { rest: "?receiveTimeout=5" })).json();

  expect(await receive()).toBeNull();
  const { messageId } = await simulator.customerSays({ text: "Hi" });
  const first = await receive();
  expect(first).toMatchObject({ body: { idMessage: messageId } });
  expect(await receive()).toEqual(first);

  const { receiptId } = z.object({ receiptId: z.number() }).parse(first);
  const remove = async (): Promise<unknown> =>
    (await call(simulator, "deleteNotification", { verb: "DELETE", rest: `/${receiptId}` })).json();
  expect(await remove()).toMatchObject({ result: true });
  expect(await remove()).toMatchObject({ result: false });
  expect(await receive()).toBeNull();
});

test("a lost webhook leaves its message in the journals alone", async () => {
  const { simulator, hook } = await startGreenApi();
  simulator.switches.set({ loseWebhooks: true });

  const lost = await simulator.customerSays({ text: "lost" });
  simulator.switches.set({ loseWebhooks: false });
  const came = await simulator.customerSays({ text: "came" });

  expect(notificationsIn(hook.all)).toMatchObject([{ idMessage: came.messageId }]);
  const journal = await call(simulator, "lastIncomingMessages", { rest: "?minutes=5" });
  expect(await journal.json()).toMatchObject([
    { idMessage: came.messageId, textMessage: "came" },
    { idMessage: lost.messageId, typeMessage: "textMessage", textMessage: "lost" },
  ]);
});

test("polling is refused while a webhook address is set", async () => {
  const { simulator } = await startGreenApi();

  expect((await call(simulator, "receiveNotification")).status).toBe(400);
});

test("setSettings changes what getSettings shows, within the documented bounds", async () => {
  const { simulator } = await startGreenApi();
  const set = (body: object) => call(simulator, "setSettings", { body });

  expect((await set({ delaySendMessagesMilliseconds: 499 })).status).toBe(400);
  expect(await (await set({ webhookUrlToken: "new", incomingWebhook: "no" })).json()).toEqual({
    saveSettings: true,
  });
  expect(await (await call(simulator, "getSettings")).json()).toMatchObject({
    webhookUrlToken: "new",
    incomingWebhook: "no",
  });
});

test("checkWhatsapp knows who has no account", async () => {
  const { simulator } = await startGreenApi({ missingNumbers: ["12025550199"] });
  const check = async (phoneNumber: number): Promise<unknown> =>
    (await call(simulator, "checkWhatsapp", { body: { phoneNumber } })).json();

  expect(await check(447700900123)).toEqual({ existsWhatsapp: true, chatId });
  expect(await check(12025550199)).toEqual({ existsWhatsapp: false });
});

test("a test can build a body itself", async () => {
  const { simulator } = await startGreenApi({ webhookToken: "shh" });

  const body: unknown = JSON.parse(simulator.webhookBody({ text: "Hi", messageId: "3EB0" }));

  expect(body).toMatchObject({ idMessage: "3EB0", senderData: { chatId } });
  expect(simulator.authorize()).toEqual({ authorization: "Bearer shh" });
});
