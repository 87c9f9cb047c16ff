import { expect, onTestFinished, test } from "vitest";
import { ulid } from "ulid";
import { z } from "zod";
import { hashPassword } from "../../src/shared/runtime/password.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";
const accepted = z.looseObject({ id: z.string(), conversation_id: z.string() });

/** An admin of the system's tenant, and how they ask its real API process. */
async function signIn({ api, models }: TestSystem) {
  const now = new Date();
  await models.users.create({
    _id: ulid().toLowerCase(),
    schemaVersion: 1,
    tenantId: "tenant",
    role: "operator",
    name: "Оператор",
    email: "operator@example.com",
    passwordHash: await hashPassword("correct horse battery"),
    active: true,
    generation: 1,
    createdAt: now,
    updatedAt: now,
  });
  const post = async (
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const response = await fetch(api.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: z.looseObject({}).parse(await response.json()) };
  };
  const { body } = await post("/auth/login", {
    email: "operator@example.com",
    password: "correct horse battery",
  });
  const authorization = `Bearer ${String(body["accessToken"])}`;
  return (path: string, given: object = {}, key?: string) =>
    post(path, given, {
      authorization,
      ...(key === undefined ? {} : { "idempotency-key": key }),
    });
}

test("an operator takes over, answers and hands back over REST", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const ask = await signIn(system);
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

test("the first word goes to a phone that has not written", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const ask = await signIn(system);
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
