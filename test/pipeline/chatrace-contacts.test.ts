import { afterAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ chatrace: {}, workers: 2 });
afterAll(system.stop);
const { chatrace, api } = system;

/** A message whose body says who wrote by the contact's id alone. */
const post = (from: string, text: string) => {
  const { headers } = chatrace.externalRequest({ from });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify({ event: "message", contact_id: from, text, timestamp });
  return fetch(`${api.url}/instagram/webhook`, { method: "POST", headers, body });
};

const contactOf = async (peer: string) => {
  const found = await system.readAll("contacts");
  return found.find(({ _id }) => String(_id) === `chatrace|${peer}`);
};

test("a contact whose messages name nobody is looked up, beside the reply and once", async () => {
  const from = "2850000000000000101";
  chatrace.noteContact(from, "Anna Petrova");

  await post(from, "Hello");
  await chatrace.ledger.waitFor(({ to }) => to === from, 20_000);

  await eventually(
    async () => expect(await contactOf(from)).toMatchObject({ name: "Anna Petrova" }),
    20_000,
  );
  const conversations = await system.readAll("conversations");
  expect(conversations.find(({ peer }) => peer === from)).toMatchObject({
    contact: { name: "Anna Petrova" },
  });
  await post(from, "Again");
  await chatrace.ledger.waitFor(({ to, text }) => to === from && text.endsWith("Again"), 20_000);
  expect(chatrace.askedFor(from)).toBe(1);
}, 60_000);

test("a contact whose messages have a name is not asked about", async () => {
  const from = "2850000000000000102";

  await chatrace.customerSays({ from, text: "Hello" });
  await chatrace.ledger.waitFor(({ to }) => to === from, 20_000);

  const nameless = "2850000000000000103";
  chatrace.noteContact(nameless, "Somebody Else");
  await post(nameless, "Hello");
  await eventually(() => expect(chatrace.askedFor(nameless)).toBe(1), 30_000);
  expect(chatrace.askedFor(from)).toBe(0);
}, 60_000);
