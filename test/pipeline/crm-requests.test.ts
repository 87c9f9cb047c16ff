import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startReceiver, type ReceiverAnswer } from "../support/receiver.ts";
import { publishRequestFlow } from "../support/request-flow.ts";
import { startSystem } from "../support/system.ts";

const answers = new Map<string, () => ReceiverAnswer | Promise<ReceiverAnswer>>();
const receiver = await startReceiver(({ path }) => answers.get(path)?.() ?? ready);
const ready: ReceiverAnswer = { json: { order: { state: "on its way" } } };
const system = await startSystem({ settings: { TRUSTED_URLS: receiver.url } });
afterAll(async () => {
  await system.stop();
  receiver.close();
});
await publishRequestFlow(system, receiver.url);

const callsTo = (path: string) => receiver.received.filter((each) => each.path === path);
const ask = (from: string, text: string) => system.greenApi.customerSays({ from, text });
const expectReply = (from: string, reply: string) =>
  system.greenApi.ledger.waitFor(({ to, text }) => to === `${from}@c.us` && text === reply, 15_000);

test("a scenario goes on with values of the answer", async () => {
  await ask("447700900801", "7/..?x=1");
  await expectReply("447700900801", "Order: on its way");

  expect(callsTo("/orders/7%2F..%3Fx%3D1")).toHaveLength(1);
});

test("a refusal, and an answer that is not JSON, take the edge for errors", async () => {
  answers.set("/orders/missing", () => ({ status: 404 }));
  answers.set("/orders/page", () => ({ text: "<html>" }));

  await ask("447700900802", "missing");
  await ask("447700900803", "page");

  await expectReply("447700900802", "No answer");
  await expectReply("447700900803", "No answer");
  expect(callsTo("/orders/missing")).toHaveLength(1);
});

test("a GET that was cut goes again within its time", async () => {
  let cuts = 2;
  answers.set("/orders/cut", () => ((cuts -= 1) >= 0 ? { cut: true } : ready));

  await ask("447700900804", "cut");
  await expectReply("447700900804", "Order: on its way");

  expect(callsTo("/orders/cut")).toHaveLength(3);
});

test("a conversation that waits for an answer holds up no other, and what is said meanwhile is not answered", async () => {
  const from = "447700900805";
  const { promise: answered, resolve: answer } = Promise.withResolvers<ReceiverAnswer>();
  answers.set("/orders/slow", () => answered);
  await ask(from, "slow");
  await eventually(() => expect(callsTo("/orders/slow")).toHaveLength(1), 10_000);

  await ask(from, "hello?");
  await ask("447700900806", "8");
  await expectReply("447700900806", "Order: on its way");
  answer(ready);
  await expectReply(from, "Order: on its way");

  expect(callsTo("/orders/hello%3F")).toEqual([]);
  expect(system.greenApi.ledger.entries({ to: from })).toHaveLength(1);
});

test("an address that is not public is not called unless the operator trusts it", async () => {
  const secret = await startReceiver();
  const other = await startSystem({ settings: { TRUSTED_URLS: receiver.url } });
  await publishRequestFlow(other, secret.url, { timeoutSeconds: 3 });

  await other.greenApi.customerSays({ from: "447700900807", text: "9" });
  await other.greenApi.ledger.waitFor(({ text }) => text === "No answer", 15_000);

  expect(secret.received).toEqual([]);
  await other.stop();
  secret.close();
});
