import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { eventually } from "../support/eventually.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const accepted = z.looseObject({ id: z.string(), conversation_id: z.string() });

test("an operator takes over, answers and hands back over REST", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const { post: ask } = await signIn(system);
  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);
  const [conversation] = await system.readAll("conversations");
  const path = `/api/v1/conversations/${String(conversation?._id)}`;
  const becomes = (mode: string) =>
    eventually(async () => {
      expect((await system.readAll("conversations"))[0]).toMatchObject({ mode });
    }, 15_000);

  const taken = await ask(`${path}/takeover`);
  await becomes("operator");
  await customerSays({ from, text: "2" });
  const said = { content: "Здравствуйте!", message_type: "text" };
  const sent = await ask(`${path}/messages`, said, "k1");
  await ledger.waitFor(2, 15_000);
  const again = await ask(`${path}/messages`, said, "k1");
  const other = await ask(`${path}/messages`, { content: "Other" }, "k1");
  await ask(`${path}/handback`);
  await becomes("bot");
  await customerSays({ from, text: "3" });

  const replies = await ledger.waitFor(3, 15_000);
  expect([taken.status, sent.status, again.status, other.status]).toEqual([202, 202, 202, 409]);
  expect(again.body).toMatchObject({ is_new: false, id: sent.body["id"] });
  expect(replies.map(({ text }) => text)).toEqual([
    "Вы написали: 1",
    "Здравствуйте!",
    "Вы написали: 3",
  ]);
});

test("the live chat lists, shows, assigns, reads and closes a conversation", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const { post, get, send, id: operator } = await signIn(system);
  await customerSays({ from, name: "Айгуль", text: "Записаться" });
  await ledger.waitFor(1, 15_000);
  const [conversation] = await system.readAll("conversations");
  const path = `/api/v1/conversations/${String(conversation?._id)}`;
  const becomes = (shown: object) =>
    eventually(async () => expect((await get(path)).body).toMatchObject(shown), 15_000);

  const found = await get("/api/v1/conversations?status=active&search=апис&unread=true&limit=50");
  const messages = await get(`${path}/messages?limit=1`);
  const older = await get(`${path}/messages?cursor=${String(messages.body["next_cursor"])}`);
  await send("PATCH", path, { assignee_id: operator });
  await post(`${path}/read`);
  await becomes({ assignee_id: operator, unread: 0 });
  const mine = await get("/api/v1/conversations?assignee=me");
  await send("PATCH", path, { status: "closed" });
  await becomes({ status: "closed" });
  const open = await get("/api/v1/conversations?status=active");

  expect(found.body["items"]).toMatchObject([{ mode: "bot", contact: { name: "Айгуль" } }]);
  expect(messages.body["items"]).toMatchObject([{ direction: "out", by: "bot" }]);
  expect(older.body["items"]).toMatchObject([{ direction: "in", content: "Записаться" }]);
  expect(mine.body["items"]).toHaveLength(1);
  expect(open.body["items"]).toEqual([]);
});

test("the first word goes to a phone that has not written", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { post: ask } = await signIn(system);
  const to = "+7 900 123-45-67";
  const path = "/api/v1/channels/whatsapp/messages";

  const answers = [
    await ask(path, { to, message_type: "template", template: { name: "hello", language: "ru" } }),
  ];
  await system.whatsapp.ledger.waitFor(1, 15_000);
  const wrong = await ask(path, { to, message_type: "image", content: "no address" });
  const nowhere = await ask("/api/v1/channels/nowhere/messages", { to, content: "x" });

  const [conversation] = await system.readAll("conversations");
  expect(answers.map(({ status }) => status)).toEqual([202]);
  expect(accepted.parse(answers[0]?.body).conversation_id).toBe(conversation?._id);
  expect(system.whatsapp.ledger.entries()).toMatchObject([{ to: "79001234567" }]);
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: "media_url" }] } });
  expect(nowhere.status).toBe(404);
});
