import { afterAll, expect, test } from "vitest";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import { postWhatsapp, writeWhatsapp } from "../support/customers.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem();
afterAll(system.stop);
const from = "447700900123";
const location = { latitude: 51.5007, longitude: -0.1246 };

/** The customer's only message as an operator's screen gets it. */
async function showMessage(channelId: string, peer: string): Promise<unknown> {
  const { get } = await signIn(system);
  const id = conversationIdOf(channelId, peer);
  const { body } = await get(`/api/v1/conversations/${id}/messages?limit=10`);
  const items: { direction: string }[] = JSON.parse(JSON.stringify(body["items"]));
  return items.find(({ direction }) => direction === "in");
}

test.for([
  ["whatsapp", "whatsapp", from],
  ["greenApi", "green", `${from}@c.us`],
  ["wazzup24", "wazzup", from],
] as const)(
  "a place that comes through %s is shown by its coordinates, and the bot hears it as words",
  async ([name, channelId, peer]) => {
    const provider = system[name];

    await provider.customerSays({ from, location });

    const [reply] = await provider.ledger.waitFor(1, 20_000);
    expect(reply?.text).toContain("51.5007");
    expect(await showMessage(channelId, peer)).toMatchObject({
      message_type: "location",
      location,
      contacts: [],
    });
  },
);

test("a contact card is shown by name and number, and the bot hears it as words", async () => {
  const other = "447700900124";
  const contacts = [{ name: { formatted_name: "Bob" }, phones: [{ phone: "+44 7700 900456" }] }];
  const body = JSON.parse(writeWhatsapp(system, { from: other, text: "card" }));
  const [message] = body.entry[0].changes[0].value.messages;
  delete message.text;
  Object.assign(message, { type: "contacts", contacts });

  await postWhatsapp(system, JSON.stringify(body));

  const replies = await system.whatsapp.ledger.waitFor(({ to }) => to === other, 20_000);
  expect(replies[0]?.text).toContain("Bob +44 7700 900456");
  expect(await showMessage("whatsapp", other)).toMatchObject({
    message_type: "contacts",
    location: null,
    contacts: [{ name: "Bob", phones: ["+44 7700 900456"], company: null, email: null }],
  });
});
