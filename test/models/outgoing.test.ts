import { afterAll, beforeAll, expect, test } from "vitest";
import { laneKey } from "../../src/shared/models/lane-items.ts";
import { outgoingIdOf, type Outgoing } from "../../src/shared/models/outgoing.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const now = new Date();
const settled = { settledAt: now, reason: "a test" } as const;

const queue = async (conversationId: string, more: Partial<Outgoing> = {}): Promise<string> => {
  const sequence = more.sequence ?? 1;
  const _id = outgoingIdOf(conversationId, "replies", sequence);
  await database.models.outgoing.insert({
    _id,
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "channel",
    conversationId,
    lane: "replies",
    sequence,
    peer: "peer",
    command: { type: "text", text: "hello" },
    origin: "bot",
    causedBy: "message",
    state: "queued",
    open: laneKey(conversationId, "replies"),
    attempt: 0,
    createdAt: now,
    sweepAt: now,
    ...more,
  });
  return _id;
};

const claim = (id: string, attempt: number, token: string) =>
  database.models.outgoing.claim(id, { attempt, token, claimedAt: now, claimUntil: now });

test("of many that claim one attempt one has it", async () => {
  const id = await queue("claims");

  const claims = await Promise.all(
    Array.from({ length: 32 }, (_, index) => claim(id, 1, `${index}`)),
  );

  const stored = await database.models.outgoing.read(id);
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(claims[Number(stored?.claim)]).toBe(true);
});

test("a negative outcome counts for its own attempt only", async () => {
  const { outgoing } = database.models;
  const id = await queue("negative");
  await claim(id, 1, "first");
  await outgoing.requeue(id, { states: ["sending"], attempt: 1 }, now, "a test");
  await claim(id, 2, "second");

  await outgoing.settleNegative(
    id,
    { states: ["sending"], attempt: 1 },
    { state: "failed", ...settled },
  );

  expect(await outgoing.read(id)).toMatchObject({ state: "sending", attempt: 2 });
});

test.for(["queued", "unknown", "held", "failed", "parked", "canceled"] as const)(
  "a provider's id makes a send sent, from %s too, and nothing takes it back",
  async (state) => {
    const { outgoing } = database.models;
    const id = await queue(`sent ${state}`, { state, attempt: 1 });

    await outgoing.settleSent(id, "provider id", now);
    await outgoing.settleNegative(
      id,
      { states: ["sending"], attempt: 1 },
      { state: "failed", ...settled },
    );
    await outgoing.markUnknown(id, { states: ["sending"], attempt: 1 }, now, now, "a test");

    const sent = await outgoing.read(id);
    expect(sent).toMatchObject({ state: "sent", providerMessageId: "provider id" });
    expect(sent).not.toHaveProperty("open");
    expect(sent).not.toHaveProperty("sweepAt");
  },
);

test("a takeover cancels the bot's queued replies so far, and nothing else", async () => {
  const { outgoing } = database.models;
  await queue("cancel", { sequence: 1, state: "sending", attempt: 1 });
  await queue("cancel", { sequence: 2 });
  await queue("cancel", { sequence: 3, origin: "operator" });
  await queue("cancel", { sequence: 4 });
  await queue("another", { sequence: 1 });

  await outgoing.cancelQueued("cancel", "replies", 3, now);

  const open = [
    ...(await outgoing.readOpen("cancel", "replies", 10)),
    ...(await outgoing.readOpen("another", "replies", 10)),
  ];
  expect(open.map(({ conversationId, sequence }) => `${conversationId} ${sequence}`)).toEqual([
    "cancel 1",
    "cancel 3",
    "cancel 4",
    "another 1",
  ]);
});
