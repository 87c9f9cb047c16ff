import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const number = "447700900123";
const userId = "GB.1000000000000000001";

type Who = "username" | "number" | "both";

const senders = {
  username: { contact: { user_id: userId }, message: { from_user_id: userId } },
  number: { contact: { wa_id: number }, message: { from: number } },
  both: {
    contact: { wa_id: number, user_id: userId },
    message: { from: number, from_user_id: userId },
  },
} as const;

/** A customer who is known by a username, by a number or by both writes. */
async function says(system: TestSystem, who: Who, text: string): Promise<void> {
  system.whatsapp.noteInbound(number);
  system.whatsapp.noteInbound(userId);
  const { contact, message } = senders[who];
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "12025550101", phone_number_id: "100000000000001" },
    contacts: [{ profile: { name: "A customer" }, ...contact }],
    messages: [
      {
        ...message,
        id: `wamid.${text}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        type: "text",
        text: { body: text },
      },
    ],
  };
  const entry = [{ id: "200000000000002", changes: [{ field: "messages", value }] }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  expect(await postWhatsapp(system, body)).toBe(200);
}

/** The conversations that messages belong to, for the texts in their order. */
const placesOf = async (system: TestSystem, ...texts: string[]) => {
  const messages = await system.readAll("messages");
  return texts.map(
    (text) => messages.find((message) => message["text"] === text)?.["conversationId"],
  );
};

/** Each is answered before the next is said. */
async function sayInTurn(system: TestSystem, ...said: readonly (readonly [Who, string])[]) {
  for (const [who, text] of said) {
    await says(system, who, text);
    await system.whatsapp.ledger.waitFor((entry) => entry.text === answerTo(text), 15_000);
  }
}

const answerTo = (text: string): string => `Вы написали: ${text}`;

test("who began by a username and shows a number later stays one conversation", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await sayInTurn(system, ["username", "1"], ["both", "2"], ["number", "3"], ["username", "4"]);

  await eventually(async () => {
    const places = await placesOf(system, "1", "2", "3", "4");
    expect(places).toEqual([places[0], places[0], places[0], places[0]]);
  });
  const conversations = await system.readAll("conversations");
  expect(conversations.map(({ movedTo }) => movedTo)).toHaveLength(2);
  expect(conversations).toContainEqual(expect.objectContaining({ movedTo: userId }));
});

test("who began by a number and shows a username later stays one conversation", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await sayInTurn(system, ["number", "1"], ["both", "2"], ["username", "3"], ["number", "4"]);

  await eventually(async () => {
    const places = await placesOf(system, "1", "2", "3", "4");
    expect(places).toEqual([places[0], places[0], places[0], places[0]]);
  });
  const conversations = await system.readAll("conversations");
  expect(conversations.map(({ movedTo }) => movedTo)).toHaveLength(2);
  expect(conversations).toContainEqual(expect.objectContaining({ movedTo: number }));
});

test("two conversations that turn out to be one person's have one contact", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await sayInTurn(system, ["number", "1"], ["username", "2"], ["both", "3"], ["username", "4"]);

  const contacts = await system.models.contacts.list("tenant", { limit: 10 });
  const [own, merged] = (await system.readAll("contacts")).toSorted((a) =>
    a["mergedInto"] === undefined ? -1 : 1,
  );
  expect(contacts.map(({ contact }) => contact._id)).toEqual([String(own?._id)]);
  expect(merged).toMatchObject({ mergedInto: String(own?._id), mergedBy: "provider" });
});

test("whichever identities come at the same moment, each message is answered once", async () => {
  const system = await startSystem({ workers: 2, whatsapp: { holdMs: 0 } });
  onTestFinished(system.stop);
  const said = (["username", "both", "number", "both", "username", "number"] as const).map(
    (who, index) => [who, `${index}`] as const,
  );

  await Promise.all(said.map(([who, text]) => says(system, who, text)));
  await system.whatsapp.ledger.waitFor(said.length, 15_000);
  await sayInTurn(system, ["username", "a"], ["number", "b"], ["both", "c"]);

  const answers = system.whatsapp.ledger.entries().map(({ text }) => text);
  expect(answers.toSorted()).toEqual(
    [...said.map(([, text]) => text), "a", "b", "c"].map(answerTo),
  );
  await eventually(async () => {
    const places = await placesOf(system, "a", "b", "c");
    expect(places).toEqual([places[0], places[0], places[0]]);
  });
});
