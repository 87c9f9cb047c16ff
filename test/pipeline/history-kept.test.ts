import { expect, onTestFinished, test } from "vitest";
import { postWhatsapp } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const own = "12025550101";
const metadata = { display_phone_number: own, phone_number_id: "100000000000001" };

const body = (value: object) =>
  JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "200000000000002",
        changes: [
          { field: "history", value: { messaging_product: "whatsapp", metadata, ...value } },
        ],
      },
    ],
  });
const days = (ago: number): string => String(Math.floor(Date.now() / 1000) - ago * 86_400);

test("chats of before the number came here are in the chat, and nobody answers them", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const threads = [
    {
      id: from,
      messages: [
        { from, id: "wamid.h1", timestamp: days(9), type: "text", text: { body: "Old question" } },
        { from: own, id: "wamid.h2", timestamp: days(8), type: "text", text: { body: "Old one" } },
      ],
    },
  ];
  const image = { id: "400", mime_type: "image/jpeg", caption: "Old picture" };
  const messages = [{ from, id: "wamid.h3", timestamp: days(7), type: "image", image }];

  await postWhatsapp(system, body({ history: [{ threads }] }));
  await postWhatsapp(system, body({ messages }));
  await eventually(async () => expect(await system.readAll("messages")).toHaveLength(3), 15_000);
  await system.whatsapp.customerSays({ from, text: "now" });

  const replies = await system.whatsapp.ledger.waitFor(1, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: now"]);
  const [conversation] = await system.readAll("conversations");
  expect(conversation).toMatchObject({ mode: "bot", unread: 1 });
  const kept = await system.readAll("messages");
  expect(kept.map(({ direction, text }) => [direction, text])).toEqual(
    expect.arrayContaining([
      ["in", "Old question"],
      ["out", "Old one"],
      ["in", "Old picture"],
      ["in", "now"],
    ]),
  );
});
