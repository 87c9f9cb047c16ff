import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const content = "Which?";

/** What is asked, and as what WhatsApp gets it. */
const kinds = [
  [{ message_type: "location", location: { latitude: 51.5, longitude: -0.1 } }, "location"],
  [
    { message_type: "contacts", contacts: [{ name: "Ann", phones: ["+447700900456"] }] },
    "contacts",
  ],
  [{ message_type: "poll", content, poll: { options: ["Mo", "Tu"] } }, "button"],
  [
    {
      message_type: "list",
      content,
      header: "Visit",
      list: { button: "Times", sections: [{ rows: [{ id: "r1", title: "9:00" }] }] },
    },
    "list",
  ],
  [{ message_type: "form", content, form: { flow_id: "7", button: "Open" } }, "flow"],
  [
    {
      message_type: "template",
      template: {
        name: "visit",
        language: "ru",
        body_values: { name: "Ann" },
        header: { type: "document", media_url: "https://cdn.example.test/a.pdf" },
        buttons: [{ index: 0, type: "url", text: "visit-1" }],
      },
    },
    "template",
  ],
] as const;

test("an operator sends every kind over REST, and marks are no messages", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { whatsapp } = system;
  const { post: ask, get } = await signIn(system);
  const { messageId } = await whatsapp.customerSays({ from, text: "1" });
  await whatsapp.ledger.waitFor(1, 15_000);
  const [conversation] = await system.readAll("conversations");
  const path = `/api/v1/conversations/${String(conversation?._id)}`;

  const typing = await ask(`${path}/messages`, { message_type: "typing" });
  const read = await ask(`${path}/messages`, { message_type: "read", message_id: messageId });
  const reaction = { message_type: "reaction", message_id: messageId, emoji: "👍" };
  const reacted = await ask(`${path}/messages`, reaction);
  for (const [body] of kinds) expect((await ask(`${path}/messages`, body)).status).toBe(202);

  const all = await whatsapp.ledger.waitFor(kinds.length + 2, 25_000);
  expect([typing.status, read.status, reacted.status]).toEqual([202, 202, 202]);
  expect(all.slice(1).map(({ type }) => type)).toEqual([
    "reaction",
    ...kinds.map(([, type]) => type),
  ]);
  expect(whatsapp.reads).toEqual([
    { messageId, typing: true },
    { messageId, typing: false },
  ]);
  await eventually(async () => {
    const shown = z
      .array(
        z.looseObject({ message_type: z.string(), provider_message_id: z.string().nullable() }),
      )
      .parse((await get(`${path}/messages?limit=50`)).body["items"]);
    expect(shown.map(({ message_type: type }) => type)).not.toContain("typing");
    expect(shown.map(({ message_type: type }) => type)).not.toContain("read");
    expect(shown.at(-1)).toMatchObject({ message_type: "text", provider_message_id: messageId });
  }, 15_000);
});

test("a wrong field of a kind is named", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { post: ask } = await signIn(system);
  const path = "/api/v1/channels/whatsapp/messages";
  const place = { latitude: 91, longitude: 0 };

  const far = await ask(path, { to: from, message_type: "location", location: place });
  const twice = await ask(path, {
    to: from,
    message_type: "poll",
    content,
    poll: { options: ["Mo", "Mo"] },
  });

  expect(far).toMatchObject({ status: 422, body: { errors: [{ field: "location.latitude" }] } });
  expect(twice).toMatchObject({ status: 422, body: { errors: [{ field: "poll.options" }] } });
});
