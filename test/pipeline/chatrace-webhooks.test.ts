import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ chatrace: {} });
afterAll(system.stop);
const { chatrace, api } = system;

const noContent = { messages: [], actions: [] };

const textsTo = (to: string): readonly string[] =>
  chatrace.ledger.entries({ to }).map(({ text }) => text);

test("an External Request is answered at once with nothing to send, and by the bot over the API", async () => {
  const from = "2850000000000000001";
  const request = chatrace.externalRequest({ from, text: "Привет 👋" });

  const response = await fetch(`${api.url}/instagram/webhook`, { method: "POST", ...request });

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual(noContent);
  chatrace.noteContact(from);
  await eventually(() => expect(textsTo(from)).toEqual(["Вы написали: Привет 👋"]), 20_000);
});

test("the documented words stand in the logs, the customer's words and number do not", async () => {
  const from = "2850000000000000002";

  await chatrace.customerSays({ from, text: "Секретные слова", messageId: "ig-words" });
  await chatrace.ledger.waitFor(({ to }) => to === from, 20_000);

  const [worker] = system.workers;
  const lines = await eventually(() => {
    const all = [...api.text, ...(worker?.text ?? [])].join("\n");
    expect(all).toContain("Chatrace Instagram message processed: ig-words");
    return all;
  });
  for (const words of [
    "Instagram Service initialized (CHATRACE API)",
    "Received webhook from Instagram/Chatrace",
    "Body type: object",
    "Body keys: event, contact_id",
    "Full body:",
    "Processing Chatrace webhook:",
    "Extracted data from Chatrace webhook:",
    "senderId:",
  ])
    expect(lines).toContain(words);
  expect(lines).not.toContain("Секретные слова");
  expect(lines).not.toContain(from);
});

test("the same request twice is answered once, though it has no id", async () => {
  const from = "2850000000000000003";
  chatrace.switches.set({ duplicateWebhooks: 2 });

  await chatrace.customerSays({ from, text: "Да" });
  chatrace.switches.set({ duplicateWebhooks: 1 });
  await chatrace.customerSays({ from, text: "Нет" });
  await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("Нет"), 20_000);

  expect(textsTo(from)).toEqual(["Вы написали: Да", "Вы написали: Нет"]);
});

test("a form is read like JSON", async () => {
  const from = "2850000000000000004";
  chatrace.switches.set({ postsForms: true });

  await chatrace.customerSays({ from, text: 'Он сказал: "да" & ушёл' });
  chatrace.switches.set({ postsForms: false });
  await chatrace.ledger.waitFor(({ to }) => to === from, 20_000);

  expect(textsTo(from)).toEqual(['Вы написали: Он сказал: "да" & ушёл']);
});

test("a contact id without quotes keeps all its digits", async () => {
  const from = "2850000000000000005";
  chatrace.noteContact(from);
  const { headers } = chatrace.externalRequest({ from });
  const { "x-user-id": _, ...others } = headers;
  const now = Math.floor(Date.now() / 1000);
  const body = `{"contact_id": ${from}, "text": "Hi", "timestamp": ${now}}`;

  const response = await fetch(`${api.url}/instagram/webhook`, {
    method: "POST",
    body,
    headers: others,
  });

  expect(response.status).toBe(200);
  await chatrace.ledger.waitFor(({ to }) => to === from, 20_000);
});

test("the check of the address is taken and becomes no message", async () => {
  const { headers } = chatrace.externalRequest({ from: "1" });
  const { "x-user-id": _, ...others } = headers;

  const response = await fetch(`${api.url}/instagram/webhook`, {
    method: "POST",
    body: '{"test": "data"}',
    headers: others,
  });

  expect([response.status, await response.json()]).toEqual([200, noContent]);
  await eventually(async () => {
    const entries = await system.readAll("webhooks");
    expect(entries.map(({ ignored }) => ignored)).toContain("test");
  });
});

test("without the secret nothing is taken", async () => {
  const response = await fetch(`${api.url}/instagram/webhook`, {
    method: "POST",
    body: '{"senderId": "1", "text": "Hi"}',
    headers: { "content-type": "application/json", "x-webhook-secret": "a guess" },
  });

  expect(response.status).toBe(401);
});

test("a send whose answer is lost is held and shown, and never sent again", async () => {
  const from = "2850000000000000006";
  chatrace.switches.set({ dropAfter: 1, onlyTo: from });

  await chatrace.customerSays({ from, text: "first" });
  await eventually(async () => {
    const own = (await system.readOutgoing()).filter(({ peer }) => peer === from);
    expect(own.map(({ state }) => state)).toEqual(["held"]);
  }, 20_000);
  chatrace.switches.set({ onlyTo: null });
  await chatrace.customerSays({ from, text: "second" });
  await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("second"), 20_000);

  expect(textsTo(from)).toEqual(["Вы написали: first", "Вы написали: second"]);
  const alerts = await system.readAll("alerts");
  expect(alerts).toContainEqual(expect.objectContaining({ kind: "send.held" }));
});
