import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { customer, post, startWhatsapp } from "./whatsapp-setup.ts";
import { sendText, startGreenApi } from "./green-api-setup.ts";

const say = (url: string, body: object) =>
  fetch(`${url}/_simulator/say`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("say posts the customer's message and waits for all bubbles of the answer", async () => {
  const { simulator, hook } = await startWhatsapp();
  void hook
    .until(() => hook.all.length === 1)
    .then(() => post(simulator, { body: { text: { body: "Hello" } } }))
    .then(() => post(simulator, { body: twoButtons }));

  const response = await say(simulator.url, { from: customer, text: "Hi", waitMs: 5000 });

  expect(await response.json()).toMatchObject({
    webhookStatus: 200,
    messageId: expect.stringMatching(/^wamid\./),
    replies: [
      { text: "Hello", type: "text", buttons: [] },
      {
        text: "Book?",
        type: "button",
        buttons: [
          { id: "y", title: "Yes" },
          { id: "n", title: "No" },
        ],
      },
    ],
  });
});

const twoButtons = {
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: "Book?" },
    action: {
      buttons: [
        { type: "reply", reply: { id: "y", title: "Yes" } },
        { type: "reply", reply: { id: "n", title: "No" } },
      ],
    },
  },
};

test("say without an answer returns no replies when its time is over", async () => {
  const { simulator } = await startWhatsapp();

  const response = await say(simulator.url, { text: "Hi", waitMs: 30 });

  expect(await response.json()).toMatchObject({ webhookStatus: 200, replies: [] });
});

test("say posts a numbered burst and reports a webhook that was not taken", async () => {
  const { simulator, hook } = await startWhatsapp({ retryGapsMs: [] }, 200, 401);

  const response = await say(simulator.url, { text: "message {n}", count: 3 });

  expect(await response.json()).toMatchObject({ webhookStatus: 401 });
  const texts = hook.all.map(({ body }) => /message \d/.exec(JSON.stringify(body))?.[0]);
  expect(texts).toEqual(["message 1", "message 2", "message 3"]);
});

test("say names a field that it does not know", async () => {
  const { simulator } = await startWhatsapp();

  const response = await say(simulator.url, { txt: "Hi" });

  expect([response.status, await response.json()]).toEqual([400, { error: 'unknown field "txt"' }]);
});

test("say works for Green API, whose peers are chats", async () => {
  const { simulator, hook } = await startGreenApi();
  void hook.until(() => hook.all.length === 1).then(() => sendText(simulator, "Hello"));

  const response = await say(simulator.url, { from: customer, text: "Hi", waitMs: 5000 });

  expect(await response.json()).toMatchObject({ webhookStatus: 200, replies: [{ text: "Hello" }] });
});

test("the phone page loads nothing from elsewhere and runs only its own script", async () => {
  const { simulator } = await startWhatsapp();

  const response = await fetch(`${simulator.url}/`);

  const page = await response.text();
  const script = /<script>(.*)<\/script>/su.exec(page)?.[1] ?? "";
  const hash = createHash("sha256").update(script).digest("base64");
  expect(response.headers.get("content-security-policy")).toContain(`script-src 'sha256-${hash}'`);
  expect(page).not.toMatch(/https?:\/\/|innerHTML|src=/);
});
