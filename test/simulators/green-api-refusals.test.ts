import { expect, test } from "vitest";
import { call, chatId, sendText, startGreenApi } from "./green-api-setup.ts";

test("a wrong token is 401, a wrong instance a 403 that is not JSON", async () => {
  const { simulator } = await startGreenApi();
  const body = { chatId, message: "Hi" };

  const stranger = await call(simulator, "sendMessage", { body, token: "stranger" });
  const elsewhere = await call(simulator, "sendMessage", { body, idInstance: "7" });

  expect([stranger.status, await stranger.json()]).toEqual([401, { message: "Unauthorized" }]);
  expect([elsewhere.status, await elsewhere.text()]).toEqual([403, "Forbidden"]);
  expect(simulator.ledger.size).toBe(0);
});

const button = (buttonText: string) => ({ buttonId: buttonText, buttonText });

test.each([
  ["sendMessage", { chatId: "447700900123", message: "no suffix" }],
  ["sendMessage", { chatId: "447700900123@с.us", message: "a Cyrillic letter in the suffix" }],
  ["sendMessage", { chatId, message: "x".repeat(20_001) }],
  ["sendMessage", { chatId }],
  ["sendFileByUrl", { chatId, urlFile: "not a link", fileName: "a.jpg" }],
  ["sendFileByUrl", { chatId, urlFile: "https://a.test/1", fileName: "no extension" }],
  ["sendInteractiveButtonsReply", { chatId, body: "?", buttons: ["1", "2", "3", "4"].map(button) }],
  ["sendInteractiveButtonsReply", { chatId, body: "?", buttons: [button("x".repeat(26))] }],
  ["sendInteractiveButtonsReply", { chatId: "1@g.us", body: "?", buttons: [button("1")] }],
  ["sendPoll", { chatId, message: "?", options: [] }],
  ["sendLocation", { chatId, latitude: 100, longitude: 0 }],
  ["sendContact", { chatId, contact: { phoneContact: "text" } }],
])("%s refuses %j with 400 and details", async (method, body) => {
  const { simulator } = await startGreenApi();

  const response = await call(simulator, method, { body });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    statusCode: 400,
    path: `/waInstance1101999001/${method}/<token>`,
    message: expect.stringMatching(/^Validation failed\. Details: '/),
  });
});

test.each([
  ["notAuthorized", "instance is starting or not authorized"],
  ["starting", "instance in starting process try later"],
  ["expired", "Instance account is expired. Renew your instance from personal area"],
  ["deleted", "Instance is deleted"],
] as const)("an instance that is %s refuses sends", async (stateInstance, message) => {
  const { simulator } = await startGreenApi();
  simulator.switches.set({ stateInstance });

  const response = await sendText(simulator, "Hi");

  expect([response.status, await response.json()]).toEqual([400, { message }]);
});

test("429, 466, 500 and 502 have the provider's bodies", async () => {
  const { simulator } = await startGreenApi();

  simulator.switches.set({ answer429: 1 });
  const limited = await sendText(simulator, "Hi");
  expect([limited.status, await limited.text()]).toEqual([429, "Too Many Requests"]);
  expect(limited.headers.get("retry-after")).toBeNull();

  simulator.switches.set({ answer466: 1 });
  const quota = await sendText(simulator, "Hi");
  expect(quota.status).toBe(466);
  expect(await quota.json()).toMatchObject({
    correspondentsStatus: { status: "CORRESPONDENTS_QUOTE_EXCEEDED" },
  });

  simulator.switches.set({ fail5xxBefore: { next: 1, status: 502 } });
  const gateway = await sendText(simulator, "Hi");
  expect([gateway.status, gateway.headers.get("content-type")]).toEqual([502, "text/html"]);

  const body = { chatId, urlFile: "https://files.example.test/huge.zip", fileName: "huge.zip" };
  const huge = await call(simulator, "sendFileByUrl", { body });
  expect(huge.status).toBe(500);
  expect(simulator.ledger.size).toBe(0);
});

test("the documented limit of a method is kept when the options ask for it", async () => {
  const { simulator } = await startGreenApi({ methodLimits: true, now: () => 1_762_000_000_000 });

  expect((await call(simulator, "getStateInstance")).status).toBe(200);
  expect((await call(simulator, "getStateInstance")).status).toBe(429);
});

test("a wrong HTTP method is 404", async () => {
  const { simulator } = await startGreenApi();

  expect((await call(simulator, "sendMessage")).status).toBe(404);
  expect((await call(simulator, "getSettings", { body: {} })).status).toBe(404);
});
