import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { statusesIn } from "./receive-webhooks.ts";
import { customer, post, startWhatsapp } from "./whatsapp-setup.ts";

test("the signature covers the bytes on the wire, which hold only escaped ASCII", async () => {
  const { simulator, hook } = await startWhatsapp({ appSecret: "shh" });
  const text = "Привет 💇 a/b";

  const { status } = await simulator.customerSays({ from: customer, text });

  expect(status).toBe(200);
  const [webhook] = hook.all;
  const wire = webhook?.raw.toString("latin1") ?? "";
  const signature = createHmac("sha256", "shh").update(wire, "latin1").digest("hex");
  expect(webhook?.headers["x-hub-signature-256"]).toBe(`sha256=${signature}`);
  expect(wire).toMatch(/^[ -~]+$/);
  expect(wire).toContain(String.raw`\u041f\u0440\u0438\u0432\u0435\u0442 \ud83d\udc87 a\/b`);
  expect(JSON.stringify(webhook?.body)).toContain(text);
});

test("a test can build and sign a body itself, with several messages in it", async () => {
  const { simulator } = await startWhatsapp({ appSecret: "shh" });

  const body = simulator.webhookBody({ text: "one" }, { button: { id: "book", title: "Book" } });

  expect(simulator.sign(body)).toBe(
    `sha256=${createHmac("sha256", "shh").update(body).digest("hex")}`,
  );
  expect(JSON.parse(body)).toMatchObject({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "200000000000002",
        changes: [
          { field: "messages", value: { messages: [{ type: "text", text: { body: "one" } }] } },
          {
            value: {
              messages: [{ interactive: { type: "button_reply", button_reply: { id: "book" } } }],
            },
          },
        ],
      },
    ],
  });
});

test("a person who hides the number is known by the user id alone", async () => {
  const { simulator } = await startWhatsapp();

  const body: unknown = JSON.parse(simulator.webhookBody({ from: "GB.1000", text: "Hi" }));

  expect(JSON.stringify(body)).toContain('"from_user_id":"GB.1000"');
  expect(JSON.stringify(body)).not.toMatch(/"from":|"wa_id":/);
});

test("each send is followed by sent and delivered, with the callback data of the send", async () => {
  const { simulator, hook } = await startWhatsapp();

  await post(simulator, { body: { biz_opaque_callback_data: "effect-1" } });
  await hook.until(() => statusesIn(hook.all).length === 2);

  const id = simulator.ledger.entries()[0]?.id;
  expect(statusesIn(hook.all)).toMatchObject([
    { id, status: "sent", recipient_id: customer, biz_opaque_callback_data: "effect-1" },
    { id, status: "delivered", recipient_id: customer, biz_opaque_callback_data: "effect-1" },
  ]);
});

test("receipts that are due together share one webhook", async () => {
  const { simulator, hook } = await startWhatsapp({ statusGapMs: 1, statusBatchMs: 100 });

  await Promise.all([post(simulator), post(simulator), post(simulator)]);
  await hook.until(() => statusesIn(hook.all).length === 6);

  expect(hook.all.length).toBeLessThan(6);
});

test("a webhook that is not answered with 200 comes again", async () => {
  const { simulator, hook } = await startWhatsapp({ retryGapsMs: [5, 10, 20] }, 503, 201);

  const { status, messageId } = await simulator.customerSays({ text: "Hi" });
  await hook.until(() => hook.all.length === 3);
  await simulator.idle();

  expect(status).toBe(503);
  expect(hook.all).toHaveLength(3);
  for (const { raw } of hook.all)
    expect(raw.toString()).toContain(messageId.replaceAll("/", "\\/"));
});

test("repeats end with the last gap", async () => {
  const { simulator, hook } = await startWhatsapp({ retryGapsMs: [1] }, 500, 500, 500);

  await simulator.customerSays({ text: "Hi" });
  await simulator.idle();

  expect(hook.all).toHaveLength(2);
});
