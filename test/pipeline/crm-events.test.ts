import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { publishBookingBot } from "../support/booking-bot.ts";
import { eventually } from "../support/eventually.ts";
import { isSigned, startReceiver } from "../support/receiver.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const all = [
  "message.received",
  "message.sent",
  "contact.changed",
  "contact.tagged",
  "deal.created",
  "deal.moved",
  "conversation.takeover",
  "conversation.handback",
];
const made = z.looseObject({ id: z.string() });
const withSecret = made.extend({ secret: z.string() });

const receiver = await startReceiver();
const picky = await startReceiver();
const system = await startSystem({ settings: { TRUSTED_URLS: `${receiver.url},${picky.url}` } });
afterAll(async () => {
  await system.stop();
  receiver.close();
  picky.close();
});
await publishBookingBot(system);
const admin = await signIn(system, "admin");
const connect = async (url: string, events: readonly string[]) =>
  withSecret.parse((await admin.post("/api/v1/connections", { name: url, url, events })).body);
const whole = await connect(`${receiver.url}/hook`, all);
await connect(picky.url, ["deal.created"]);

test("an outside system hears signed, in order, what happens in a conversation", async () => {
  const from = "447700900501";
  // A worker hears of a new connection within its second.
  await eventually(async () => {
    await system.greenApi.customerSays({ from: "447700900500", text: "?" });
    expect(receiver.received.length).toBeGreaterThan(0);
  }, 15_000);

  await system.greenApi.customerSays({ from, text: "Haircut" });
  const ofThis = () =>
    receiver.events().filter(({ data }) => JSON.stringify(data).includes(`green|${from}@c.us`));
  await eventually(() => expect(ofThis().length).toBeGreaterThanOrEqual(6), 15_000);
  const conversationId = String(ofThis()[0]?.data.conversation_id);
  await admin.post(`/api/v1/conversations/${conversationId}/handback`);
  await eventually(() => expect(ofThis()).toHaveLength(7), 15_000);

  expect(ofThis().map(({ type }) => type)).toEqual([
    "message.received",
    "contact.changed",
    "contact.tagged",
    "deal.created",
    "conversation.takeover",
    "message.sent",
    "conversation.handback",
  ]);
  expect(ofThis().map(({ data }) => data)).toMatchObject([
    { message: { type: "text", text: "Haircut" } },
    {},
    { added: ["booked"], removed: [] },
    { deal: { title: "Haircut" } },
    {},
    { message: { text: "Booked Haircut", origin: "bot" } },
    {},
  ]);
  expect(receiver.received.every((each) => isSigned(each, whole.secret))).toBe(true);
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(picky.events().map(({ type }) => type))).toEqual(new Set(["deal.created"]));
});

test("after a rotation deliveries carry both signatures", async () => {
  const path = `/api/v1/connections/${whole.id}`;
  const rotated = withSecret.parse((await admin.post(`${path}/rotate-secret`)).body);

  const both = await eventually(async () => {
    await system.greenApi.customerSays({ from: "447700900502", text: "again" });
    const found = receiver.received.find((each) => isSigned(each, rotated.secret));
    if (found === undefined) throw new Error("the new secret is not used yet");
    return found;
  }, 15_000);

  expect(isSigned(both, whole.secret)).toBe(true);
  expect(JSON.stringify((await admin.get(path)).body)).not.toContain("whsec_");
});

test("what a person changes over REST is told with who did it", async () => {
  const contact = made.parse((await admin.post("/api/v1/contacts", { name: "Anna" })).body);
  const patch = { name: "Anna K.", add_tags: ["vip"] };
  await admin.send("PATCH", `/api/v1/contacts/${contact.id}`, patch);
  const opened = { title: "Haircut", contact_id: contact.id };
  const deal = made.parse((await admin.post("/api/v1/deals", opened)).body);
  await admin.send("PATCH", `/api/v1/deals/${deal.id}`, { status: "won" });

  const ofThis = () =>
    receiver.events().filter(({ data }) => JSON.stringify(data).includes(`"${contact.id}"`));
  await eventually(() => expect(ofThis()).toHaveLength(5), 10_000);

  expect(ofThis().map(({ type }) => type)).toEqual([
    "contact.changed",
    "contact.changed",
    "contact.tagged",
    "deal.created",
    "deal.moved",
  ]);
  expect(ofThis().at(-1)?.data).toMatchObject({
    by: admin.id,
    deal: { status: "won" },
    from: { status: "open" },
  });
});
