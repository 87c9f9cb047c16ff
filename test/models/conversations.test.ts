import { afterAll, beforeAll, expect, test } from "vitest";
import type { Conversation } from "../../src/shared/domain/conversation.ts";
import { readChat } from "../../src/shared/models/chat.ts";
import { outgoingIdOf } from "../../src/shared/models/outgoing.ts";
import { readPlace, writePlace, type Place } from "../../src/shared/models/place.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
const at = (second: number): Date => new Date(1_800_000_000_000 + second * 1000);

beforeAll(async () => {
  database = await startTestDatabase();
  for (const each of conversations) await database.models.conversations.commit(each);
});
afterAll(() => database.stop());

const build = (name: string, second: number, given: Partial<Conversation> = {}): Conversation => ({
  _id: name,
  schemaVersion: 1,
  tenantId: "tenant",
  channelId: "channel",
  peer: `7900000000${second}`,
  version: 1,
  commit: name,
  mode: "bot",
  status: "active",
  timers: [],
  effects: [],
  outSequence: 0,
  contact: { id: name, name, phone: `7900000000${second}` },
  lastMessageAt: at(second),
  ...given,
});

const conversations = [
  build("Анна", 1, { unread: 2, assignee: "olga" }),
  build("Борис (VIP)", 2, { unread: 0, mode: "operator" }),
  build("closed", 3, { status: "closed" }),
  build("moved", 4, { movedTo: "other" }),
  build("foreign", 5, { tenantId: "other" }),
  build("Vera", 6, {
    preview: { direction: "in", type: "text", text: "Хочу ЗАПИСАТЬСЯ", at: at(6) },
  }),
];

type Query = Omit<Parameters<TestDatabase["models"]["conversations"]["list"]>[1], "limit">;

const list = async (query: Query, limit = 10): Promise<readonly string[]> =>
  (await database.models.conversations.list("tenant", { ...query, limit })).map(({ _id }) => _id);

test("conversations are listed by tenant and status, the last written to first", async () => {
  expect(await list({})).toEqual(["Vera", "closed", "Борис (VIP)", "Анна"]);
  expect(await list({ status: "active" })).toEqual(["Vera", "Борис (VIP)", "Анна"]);
  expect(await list({ status: "closed" })).toEqual(["closed"]);
  expect(await database.models.conversations.find("tenant", "foreign")).toBeNull();
});

test("a page begins after the last of the one before", async () => {
  const place: Place = { at: at(3), id: "closed" };
  expect(await list({}, 2)).toEqual(["Vera", "closed"]);
  expect(await list({ after: readPlace(writePlace(place)) ?? place })).toEqual([
    "Борис (VIP)",
    "Анна",
  ]);
  expect(readPlace("no cursor")).toBeUndefined();
});

test.for<readonly [string, Query, readonly string[]]>([
  ["somebody's", { assignee: "olga" }, ["Анна"]],
  ["nobody's", { assignee: null, status: "active" }, ["Vera", "Борис (VIP)"]],
  ["unread", { unread: true }, ["Анна"]],
  ["read", { unread: false, status: "active" }, ["Vera", "Борис (VIP)"]],
  ["with a person", { mode: "operator" }, ["Борис (VIP)"]],
  ["part of a name in any case", { search: "анн" }, ["Анна"]],
  ["signs that mean something in a pattern", { search: "(vip" }, ["Борис (VIP)"]],
  ["part of a phone as people write it", { search: "+7 900 000-00 06" }, ["Vera"]],
  ["the last message", { search: "записаться" }, ["Vera"]],
  ["nothing like it", { search: ".*" }, []],
])("a list can be narrowed: %s", async ([, query, expected]) => {
  expect(await list(query)).toEqual(expected);
});

test("a chat has what came and what we send in one order, page by page", async () => {
  const { messages, outgoing } = database.models;
  const common = { schemaVersion: 1, tenantId: "tenant", channelId: "c", conversationId: "chat" };
  const message = (id: string, second: number, given: object = {}) => ({
    ...common,
    schemaVersion: 1 as const,
    _id: id,
    kind: "message",
    state: "applied" as const,
    sentAt: at(second),
    arrivedAt: at(second),
    appliedAt: at(second),
    ...given,
  });
  await Promise.all([
    messages.insert(message("hello", 1)),
    messages.insert(message("again", 4)),
    messages.insert(message("taken over", 3, { kind: "operator", act: "takeover" })),
    messages.insert(message("shown as a send", 3, { kind: "operator", act: "send" })),
    messages.insert(message("our own echo", 3, { echo: true })),
    messages.insert(message("a timer", 3, { kind: "timer" })),
    messages.insert(message("of another", 3, { conversationId: "another" })),
    outgoing.insert({
      ...common,
      schemaVersion: 1,
      _id: outgoingIdOf("chat", "replies", 1),
      lane: "replies",
      sequence: 1,
      peer: "p",
      command: { type: "text", text: "hi" },
      origin: "bot",
      causedBy: "hello",
      state: "sent",
      attempt: 1,
      createdAt: at(2),
    }),
  ]);
  const read = (page: { after?: Place; limit: number }, tenant = "tenant") =>
    readChat(database.models, tenant, "chat", page);

  const first = await read({ limit: 2 });
  const second = await read({ after: first[1] ?? { at: at(0), id: "" }, limit: 10 });

  const send = outgoingIdOf("chat", "replies", 1);
  expect([first, second].map((page) => page.map(({ id }) => id))).toEqual([
    ["again", "taken over"],
    [send, "hello"],
  ]);
  expect(await read({ limit: 10 }, "other")).toEqual([]);
});
