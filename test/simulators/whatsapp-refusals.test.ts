import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { customer, post, refusal, startWhatsapp } from "./whatsapp-setup.ts";

const buttons = (...titles: string[]) => ({
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: "Choose" },
    action: {
      buttons: titles.map((title, id) => ({ type: "reply", reply: { id: `b${id}`, title } })),
    },
  },
});
const list = (rows: number) => ({
  type: "interactive",
  interactive: {
    type: "list",
    body: { text: "Choose" },
    action: {
      button: "Open",
      sections: [
        { rows: Array.from({ length: rows }, (_, id) => ({ id: `r${id}`, title: `Row ${id}` })) },
      ],
    },
  },
});

test("a wrong token is refused with 401 and code 190", async () => {
  const { simulator } = await startWhatsapp();

  expect(await refusal(await post(simulator, { token: "stranger" }))).toEqual([401, 190]);
  expect(simulator.ledger.size).toBe(0);
});

test("a number that is not ours is a GraphMethodException", async () => {
  const { simulator } = await startWhatsapp();

  const response = await post(simulator, { number: "999" });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { type: "GraphMethodException", code: 100, error_subcode: 33 },
  });
});

test.each([
  ["text over 4096 characters", { text: { body: "x".repeat(4097) } }, 100],
  ["callback data over 512 characters", { biz_opaque_callback_data: "x".repeat(513) }, 100],
  ["an unknown type", { type: "hologram" }, 100],
  ["another product", { messaging_product: "telegram" }, 100],
  ["no text", { text: undefined }, 131008],
  ["no recipient", { to: undefined }, 131008],
  ["four buttons", buttons("A", "B", "C", "D"), 131009],
  ["no button", buttons(), 131009],
  ["a button title over 20 characters", buttons("x".repeat(21)), 131009],
  ["two buttons with one title", buttons("Same", "Same"), 131009],
  ["a button title with a blank edge", buttons("Yes "), 131009],
  ["eleven list rows", list(11), 131009],
  [
    "media with both id and link",
    { type: "image", image: { id: "1", link: "https://a.test/1" } },
    131009,
  ],
  ["media that was never uploaded", { type: "image", image: { id: "77" } }, 100],
])("%s is refused", async (_what, body, code) => {
  const { simulator } = await startWhatsapp();

  expect(await refusal(await post(simulator, { body }))).toEqual([400, code]);
  expect(simulator.ledger.size).toBe(0);
});

test.each([
  ["three buttons", buttons("A", "B", "C")],
  ["ten list rows", list(10)],
  ["an image by link", { type: "image", image: { link: "https://a.test/1.jpg", caption: "See" } }],
  ["a location", { type: "location", location: { latitude: 1, longitude: "2.5" } }],
  ["a reaction", { type: "reaction", reaction: { message_id: "wamid.1", emoji: "" } }],
  ["a number with a plus", { to: `+${customer}` }],
])("%s is accepted", async (_what, body) => {
  const { simulator } = await startWhatsapp();

  expect((await post(simulator, { body })).status).toBe(200);
});

test("someone known by a user id alone is written to by it", async () => {
  const { simulator } = await startWhatsapp();
  simulator.noteInbound("GB.1000");

  const response = await post(simulator, { body: { to: undefined, recipient: "GB.1000" } });

  expect(await response.json()).toMatchObject({
    contacts: [{ input: "GB.1000", user_id: "GB.1000" }],
  });
});

test("free-form text to someone who never wrote is refused, a template is not", async () => {
  const { simulator } = await startWhatsapp();
  const template = { name: "reminder", language: { code: "ru" } };
  const stranger = { to: "12025550999" };

  expect(await refusal(await post(simulator, { body: stranger }))).toEqual([400, 131047]);
  const sent = await post(simulator, { body: { ...stranger, type: "template", template } });
  expect(await sent.json()).toMatchObject({ messages: [{ message_status: "accepted" }] });
});

test("the window closes 24 hours after the customer's last message", async () => {
  let now = Date.now();
  const { simulator } = await startWhatsapp({ now: () => now });

  now += 24 * 60 * 60 * 1000 - 1;
  expect((await post(simulator)).status).toBe(200);
  now += 1;
  expect(await refusal(await post(simulator))).toEqual([400, 131047]);
  simulator.switches.set({ openWindow: true });
  expect((await post(simulator)).status).toBe(200);
});

test("a test number takes only its recipients, and templates only those that exist", async () => {
  const { simulator } = await startWhatsapp({
    allowedRecipients: [customer],
    templates: { reminder: ["ru"] },
  });
  const template = { name: "reminder", language: { code: "en" } };

  expect(await refusal(await post(simulator, { body: { to: "12025550999" } }))).toEqual([
    400, 131030,
  ]);
  expect(await refusal(await post(simulator, { body: { type: "template", template } }))).toEqual([
    404, 132001,
  ]);
});

const standingClock = () => 1_762_000_000_000;

test("too many sends of a number, and too many to one customer, are refused", async () => {
  const { simulator: quick } = await startWhatsapp({ now: standingClock, ratePerSecond: 2 });
  const { simulator: paired } = await startWhatsapp({
    now: standingClock,
    pairRate: { burst: 1, everyMs: 6000 },
  });

  await post(quick);
  await post(quick);
  expect(await refusal(await post(quick))).toEqual([429, 130429]);
  await post(paired);
  expect(await refusal(await post(paired))).toEqual([400, 131056]);
});

test.each([
  "131056_pair_rate",
  "131047_window_closed",
  "131030_not_in_allowed_list",
  "131016_service_unavailable",
  "368_policy_block",
])("the body of error %s is the one on file", async (name) => {
  const path = `test/fixtures/whatsapp-cloud/responses/error_${name}.json`;
  const file = z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.object({ error: z.looseObject({ code: z.number() }) }),
    })
    .parse(JSON.parse(await readFile(path, "utf8")));
  const { simulator } = await startWhatsapp();
  simulator.switches.set({ refuse: 1, refuseCode: file.body.error.code });

  const response = await post(simulator);

  expect(response.status).toBe(file.status);
  expect(response.headers.get("content-type")).toBe(file.headers["content-type"]);
  const fbtrace_id: unknown = expect.any(String);
  expect(await response.json()).toEqual({ error: { ...file.body.error, fbtrace_id } });
});

test("a body that is no JSON is refused with code 100", async () => {
  const { simulator } = await startWhatsapp();

  const response = await fetch(`${simulator.url}/v23.0/100000000000001/messages`, {
    method: "POST",
    headers: { authorization: "Bearer demo-whatsapp-token" },
    body: "{",
  });

  expect(await refusal(response)).toEqual([400, 100]);
});
