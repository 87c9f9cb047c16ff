import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startTestRest } from "../support/rest.ts";
import { signIn } from "../support/sign-in.ts";
import { startSystem, type TestSystem } from "../support/system.ts";
import { watch } from "../support/watch.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ apis: 2, settings: { LIVE_CHECK_MS: "200" } });
});
afterAll(() => system.stop());

const urlOf = (index: number): string => system.apis[index]?.url ?? "";
let customers = 0;
const newCustomer = (): string => {
  customers += 1;
  return `4477009020${String(customers).padStart(2, "0")}`;
};

test("a message, its answer, the answer's receipts and the conversation reach whoever watches", async () => {
  const { token } = await signIn(system, "viewer");
  const seen = watch(urlOf(1), { token });
  await seen.ready();
  const from = newCustomer();

  await system.whatsapp.customerSays({ from, name: "Айгуль", text: "Здравствуйте" });

  await eventually(() => {
    expect(seen.of("message")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          message: expect.objectContaining({ direction: "in", content: "Здравствуйте" }),
        }),
        expect.objectContaining({
          message: expect.objectContaining({ direction: "out", by: "bot" }),
        }),
      ]),
    );
    expect(seen.of("conversation")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          conversation: expect.objectContaining({
            chat_id: from,
            preview: expect.objectContaining({ text: "Здравствуйте" }),
          }),
        }),
      ]),
    );
    expect(seen.of("status")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ message: expect.objectContaining({ status: "delivered" }) }),
      ]),
    );
  }, 15_000);
  seen.close();
});

test("an act of an operator is seen by colleagues at another process, and who types", async () => {
  const [one, other] = [await signIn(system), await signIn(system)];
  const [mine, theirs] = [
    watch(urlOf(0), { token: one.token }),
    watch(urlOf(1), { token: other.token }),
  ];
  await Promise.all([mine.ready(), theirs.ready()]);
  const from = newCustomer();
  await system.whatsapp.customerSays({ from, text: "1" });
  const id = await eventually(async () => {
    const all = await system.readAll("conversations");
    const found = all.find(({ peer }) => peer === from);
    if (found === undefined) throw new Error("not there yet");
    return String(found._id);
  }, 15_000);

  mine.socket.emit("typing", { conversation_id: id, is_typing: true });
  await one.post(`/api/v1/conversations/${id}/takeover`);

  await eventually(() => {
    expect(theirs.of("typing")).toContainEqual({
      conversation_id: id,
      user_id: one.id,
      is_typing: true,
    });
    expect(theirs.of("conversation")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          conversation: expect.objectContaining({ id, mode: "operator" }),
        }),
      ]),
    );
    expect(theirs.of("presence").at(-1)).toEqual({
      user_ids: expect.arrayContaining([one.id, other.id]),
    });
  }, 15_000);
  mine.close();
  await eventually(() => {
    expect(theirs.of("presence").at(-1)).toEqual({ user_ids: [other.id] });
  }, 15_000);
  theirs.close();
});

test("what was missed in a break is asked for by the last cursor, acts among it", async () => {
  const { token, post } = await signIn(system);
  const first = watch(urlOf(0), { token });
  await first.ready();
  const [ready] = first.of("ready");
  const cursor = String(Object(ready).cursor);
  first.close();
  const from = newCustomer();
  await system.whatsapp.customerSays({ from, text: "Вы там?" });
  await system.whatsapp.ledger.waitFor(({ to }) => to === from, 15_000);
  const [conversation] = (await system.readAll("conversations")).filter(
    ({ peer }) => peer === from,
  );
  await post(`/api/v1/conversations/${String(conversation?._id)}/takeover`);
  await eventually(async () => {
    const all = await system.readAll("conversations");
    expect(all.find(({ peer }) => peer === from)).toMatchObject({ mode: "operator" });
  }, 15_000);

  const second = watch(urlOf(1), { token });
  await second.ready();
  const missed: unknown = await second.socket.emitWithAck("since", { cursor });
  const old: unknown = await second.socket.emitWithAck("since", {
    cursor: "2020-01-01T00:00:00.000Z",
  });
  const wrong: unknown = await second.socket.emitWithAck("since", { cursor: "yesterday" });
  second.close();

  expect(missed).toMatchObject({
    is_whole: true,
    conversations: expect.arrayContaining([
      expect.objectContaining({ chat_id: from, mode: "operator" }),
    ]),
    messages: expect.arrayContaining([
      expect.objectContaining({ message: expect.objectContaining({ content: "Вы там?" }) }),
      expect.objectContaining({ message: expect.objectContaining({ act: "takeover" }) }),
    ]),
  });
  expect(old).toMatchObject({ is_whole: false });
  expect(wrong).toMatchObject({ status: 422 });
});

test("another tenant hears nothing, and nobody gets in without a token that may read", async () => {
  await system.models.tenants.upsert({ _id: "other", schemaVersion: 1, name: "Other" });
  const stranger = await signIn(system, "owner");
  const client = await signIn(system, "client");
  const own = await signIn(system, "viewer");
  await system.database
    .collection<{ _id: string }>("users")
    .updateOne({ _id: stranger.id }, { $set: { tenantId: "other" } });
  const { token: foreign } = await stranger.again();
  const [theirs, mine] = [
    watch(urlOf(0), { token: foreign }),
    watch(urlOf(0), { token: own.token }),
  ];
  await Promise.all([theirs.ready(), mine.ready()]);
  const from = newCustomer();

  await system.whatsapp.customerSays({ from, text: "Секрет" });
  await eventually(() => expect(mine.of("conversation")).not.toEqual([]), 15_000);
  const missed: unknown = await theirs.socket.emitWithAck("since", {
    cursor: new Date(Date.now() - 60_000).toISOString(),
  });

  expect(theirs.of("message")).toEqual([]);
  expect(theirs.of("conversation")).toEqual([]);
  expect(missed).toMatchObject({ conversations: [], messages: [], is_whole: true });
  expect(theirs.of("presence").at(-1)).toEqual({ user_ids: [stranger.id] });
  for (const auth of [{}, { token: "nonsense" }, { token: client.token }]) {
    const refused = watch(urlOf(0), auth);
    expect(await refused.refusal()).toMatch(/token/);
    refused.close();
  }
  theirs.close();
  mine.close();
});

test("a token that ends closes the connection", async () => {
  const { token, post } = await signIn(system, "viewer");
  const seen = watch(urlOf(0), { token });
  await seen.ready();

  await post("/api/v1/auth/logout-everywhere");

  await seen.ended();
  expect(seen.of("signed_out")).toHaveLength(1);
});

test("what could not be told makes everybody ask again", async () => {
  const { token } = await signIn(system, "viewer");
  const seen = watch(urlOf(0), { token });
  await seen.ready();
  const redis = new Redis(inject("redisUrl"));

  await redis.publish(`${system.name}:live`, JSON.stringify({ v: 1, isGap: true }));
  await redis.publish(`${system.name}:live`, "not JSON");

  await eventually(() => expect(seen.of("resync")).toHaveLength(1));
  redis.disconnect();
  seen.close();
});

test("an API that stops sends whoever watches away, and is not held up by them", async () => {
  const rest = await startTestRest();
  try {
    const { token } = await rest.addUser("viewer");
    const seen = watch(rest.api.url, { token });
    await seen.ready();

    await rest.api.shutDown();

    await seen.ended();
    expect(seen.socket.connected).toBe(false);
  } finally {
    await rest.api.stop();
  }
});

test("a page asks one question at a time, and a key is nobody who is present", async () => {
  const { id, token } = await signIn(system, "admin");
  const own = watch(urlOf(0), { token });
  await own.ready();
  const { post } = await signIn(system, "owner");
  const made = await post("/api/v1/api-keys", { name: "screen", scopes: ["conversations:read"] });
  const screen = watch(urlOf(0), { token: String(made.body["key"]) });
  await screen.ready();

  const cursor = new Date().toISOString();
  const answers: unknown[] = await Promise.all([
    screen.socket.emitWithAck("since", { cursor }),
    screen.socket.emitWithAck("since", { cursor }),
  ]);

  expect(answers).toMatchObject([{ is_whole: true }, { status: 429 }]);
  await eventually(() => {
    expect(screen.of("presence").at(-1)).toEqual({ user_ids: [id] });
  });
  own.close();
  screen.close();
});
