import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createWazzupSimulator } from "#simulators/wazzup24/create-simulator.ts";
import type { WazzupOptions } from "#simulators/wazzup24/options.ts";
import { receiveWebhooks } from "./receive-webhooks.ts";

const channelId = "11111111-1111-4111-8111-111111111111";
const chatId = "447700900123";
const text = { channelId, chatType: "whatsapp", chatId, text: "Hi" };

async function start(options: WazzupOptions = {}, ...statuses: number[]) {
  const hook = await receiveWebhooks(...statuses);
  const simulator = await createWazzupSimulator({
    webhookUrl: hook.url,
    statusGapMs: 1,
    retryGapsMs: [5],
    ...options,
  });
  onTestFinished(async () => {
    await simulator.close();
    await hook.close();
  });
  const ask = async (method: string, path: string, body?: object, key = "demo-wazzup24-key") => {
    const answer = await fetch(`${simulator.url}/v3${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = await answer.text();
    const read: unknown = told === "" ? undefined : JSON.parse(told);
    return { status: answer.status, body: read };
  };
  return { simulator, hook, ask };
}

test("a send is taken with 201, its receipts follow", async () => {
  const { simulator, hook, ask } = await start();
  simulator.switches.set({ readStatuses: true });

  const answer = await ask("POST", "/message", { ...text, crmMessageId: "k-1" });

  expect(answer).toEqual({ status: 201, body: { messageId: expect.any(String), chatId } });
  await hook.until(() => hook.all.length === 3);
  const [sent] = simulator.ledger.entries();
  expect(hook.all.map(({ body }) => body)).toMatchObject(
    ["sent", "delivered", "read"].map((status) => ({
      statuses: [{ messageId: sent?.id, status, timestamp: expect.stringMatching(/Z$/) }],
    })),
  );
  expect(sent).toMatchObject({ account: channelId, correlationId: "k-1", text: "Hi" });
});

test("the same crmMessageId is refused for 60 s, and taken again after", async () => {
  let now = 1_762_000_000_000;
  const { simulator, ask } = await start({ now: () => now });
  const message = { ...text, crmMessageId: "k-1" };

  const first = await ask("POST", "/message", message);
  now += 59_999;
  const second = await ask("POST", "/message", message);
  now += 1;
  const third = await ask("POST", "/message", message);

  expect([first.status, second.status, third.status]).toEqual([201, 400, 201]);
  expect(second.body).toMatchObject({ error: "REPEATED_CRM_MESSAGE_ID" });
  expect(simulator.ledger.size).toBe(2);
});

test.each([
  ["CHANNEL_NOT_FOUND", { ...text, channelId: "22222222-2222-4222-8222-222222222222" }],
  ["INVALID_MESSAGE_DATA", { ...text, channelId: "one" }],
  ["INVALID_MESSAGE_DATA", { ...text, chatId: 7 }],
  ["WRONG_TRANSPORT", { ...text, chatType: "vk" }],
  ["MESSAGE_ONLY_TEXT_OR_CONTENT", { ...text, contentUri: "https://a.test/1" }],
  ["MESSAGE_NOTHING_TO_SEND", { ...text, text: undefined }],
  ["MESSAGE_TEXT_TOO_LONG", { ...text, text: "x".repeat(10_001) }],
  [
    "MESSAGE_DOWNLOAD_CONTENT_ERROR",
    { ...text, text: undefined, contentUri: "https://a.test/missing" },
  ],
  ["INVALID_MESSAGE_DATA", { ...text, buttonsObject: { buttons: [{ text: "A" }] } }],
  ["INVALID_MESSAGE_DATA", { ...text, text: undefined, templateId: "t" }],
])("%s refuses %j", async (error, body) => {
  const { simulator, ask } = await start();

  expect(await ask("POST", "/message", body)).toMatchObject({ status: 400, body: { error } });
  expect(simulator.ledger.size).toBe(0);
});

test("a wrong key is 401, the 501st request of 5 s an empty 429", async () => {
  const { ask } = await start({ isLimited: true, now: () => 1_762_000_000_000 });

  const stranger = await ask("GET", "/channels", undefined, "stranger");
  const statuses = [];
  for (let n = 0; n < 501; n++) statuses.push((await ask("GET", "/channels")).status);

  expect(stranger).toMatchObject({ status: 401, body: { error: "INVALID_API_KEY" } });
  expect([statuses.at(499), statuses.at(500)]).toEqual([200, 429]);
});

test("the channel's state is listed, refuses sends and is told", async () => {
  const { simulator, hook, ask } = await start();

  simulator.switches.set({ channelState: "notEnoughMoney" });
  const { body } = await ask("GET", "/channels");
  const refused = await ask("POST", "/message", text);
  await hook.until(() => hook.all.length === 1);

  expect(body).toMatchObject([{ channelId, transport: "whatsapp", state: "notEnoughMoney" }]);
  expect(refused.body).toMatchObject({ error: "CHANNEL_NO_MONEY" });
  expect(hook.all[0]?.body).toMatchObject({
    channelsUpdates: [{ channelId, state: "notEnoughMoney" }],
  });
});

test("what a customer says is posted with Wazzup's own content type, until it is taken", async () => {
  const { simulator, hook } = await start({ crmKey: "key" }, 503);

  const said = await simulator.customerSays({ from: chatId, text: "Hi", name: "Ann" });
  await hook.until(() => hook.all.length === 2);

  expect(said.status).toBe(503);
  expect(hook.all[1]?.headers).toMatchObject({
    "content-type": "application/json; charset-utf-8",
    authorization: "Bearer key",
  });
  expect(hook.all[1]?.body).toMatchObject({
    messages: [{ messageId: said.messageId, chatId, text: "Hi", isEcho: false, status: "inbound" }],
  });
});

const subscription = z.object({
  webhooksUri: z.string(),
  subscriptions: z.object({ channelsUpdates: z.boolean() }),
});

test("an address is tested before it takes the place of the other", async () => {
  const { hook, ask } = await start({}, 401);
  const wanted = { webhooksUri: `${hook.url}?new`, subscriptions: { channelsUpdates: true } };
  const uri = async () => subscription.parse((await ask("GET", "/webhooks")).body).webhooksUri;

  const refused = await ask("PATCH", "/webhooks", wanted);
  const before = await uri();
  const taken = await ask("PATCH", "/webhooks", wanted);
  const bad = await ask("PATCH", "/webhooks", { webhooksUri: "nowhere" });

  expect(refused).toMatchObject({ status: 400, body: { error: "testPostNotPassed" } });
  expect(before).toBe(hook.url);
  expect(taken.status).toBe(200);
  expect(await uri()).toBe(wanted.webhooksUri);
  expect(bad.body).toMatchObject({ error: "uriNotValid" });
  expect(hook.all[0]?.body).toEqual({ test: true });
});
