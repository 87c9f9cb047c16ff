import { expect, onTestFinished, test } from "vitest";
import { postGreen, postWhatsapp, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const number = "447700900123";
const newNumber = "447700900999";
const userId = "GB.1000000000000000001";
const newId = "GB.1000000000000000002";

let count = 0;

/** One webhook with what a customer's phone reports. */
async function post(system: TestSystem, contacts: readonly object[], message: object) {
  for (const peer of [number, newNumber, userId, newId]) system.whatsapp.noteInbound(peer);
  const id = `wamid.${String((count += 1))}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "12025550101", phone_number_id: "100000000000001" },
    contacts,
    messages: [{ id, timestamp, ...message }],
  };
  const entry = [{ id: "200000000000002", changes: [{ field: "messages", value }] }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  expect(await postWhatsapp(system, body)).toBe(200);
  await eventually(async () => {
    const ids = (await system.readAll("messages")).map((each) => each["providerMessageId"]);
    expect(ids).toContain(id);
  }, 15_000);
}

const text = (body: string) => ({ type: "text", text: { body } });

test("who changed the number is answered at the new one, in the same conversation", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger } = system.whatsapp;

  await post(system, [{ wa_id: number, profile: { name: "Ann" } }], { from: number, ...text("1") });
  await ledger.waitFor(1, 15_000);
  await post(system, [], {
    from: number,
    type: "system",
    system: { type: "user_changed_number", wa_id: newNumber },
  });
  await post(system, [{ wa_id: newNumber }], { from: newNumber, ...text("2") });

  const replies = await ledger.waitFor(2, 15_000);
  expect(replies.map(({ to }) => to)).toEqual([number, newNumber]);
  const whole = (await system.readAll("conversations")).filter(
    ({ movedTo }) => movedTo === undefined,
  );
  expect(whole).toMatchObject([
    { peer: number, address: newNumber, contact: { phone: newNumber } },
  ]);
});

test("a customer with a username alone is shown, answered, and stays one through a new user id", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger } = system.whatsapp;
  const profile = { name: "Ann", username: "ann.s" };

  await post(system, [{ user_id: userId, profile }], { from_user_id: userId, ...text("1") });
  await ledger.waitFor(1, 15_000);
  await post(system, [], {
    from_user_id: newId,
    type: "system",
    system: { type: "user_changed_user_id", user_id: newId, previous_user_id: userId },
  });
  await post(system, [{ user_id: newId, profile }], { from_user_id: newId, ...text("2") });

  const replies = await ledger.waitFor(2, 15_000);
  expect(replies.map(({ to, text: said }) => [to, said])).toEqual([
    [userId, "Вы написали: 1"],
    [newId, "Вы написали: 2"],
  ]);
  const contacts = await system.models.contacts.list("tenant", { limit: 10 });
  expect(contacts.map(({ contact }) => contact)).toMatchObject([
    { name: "Ann", username: "ann.s" },
  ]);
});

test("a hidden number of Green API's is the same customer, answered where they write", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.greenApi;
  const lid = "120650000000001@lid";
  const senderData = { chatId: lid, sender: `${number}@c.us`, senderName: "Ann" };

  await customerSays({ from: number, text: "1" });
  await ledger.waitFor(1, 15_000);
  await postGreen(system, writeGreen(system, { from: number, text: "2" }, { senderData }));
  await ledger.waitFor(2, 15_000);
  await customerSays({ from: lid, text: "3" });

  const replies = await ledger.waitFor(3, 15_000);
  expect(replies.map(({ to, text: said }) => [to, said])).toEqual([
    [`${number}@c.us`, "Вы написали: 1"],
    [lid, "Вы написали: 2"],
    [lid, "Вы написали: 3"],
  ]);
  const whole = (await system.readAll("conversations")).filter(
    ({ movedTo }) => movedTo === undefined,
  );
  expect(whole).toHaveLength(1);
});
