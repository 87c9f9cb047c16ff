import { afterAll, beforeAll, expect, test } from "vitest";
import type { Webhook } from "../../src/shared/models/webhooks.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const now = new Date();

/** An entry that is open for these keys. */
async function journal(id: string, ...keys: readonly string[]): Promise<void> {
  const entry: Webhook = {
    _id: id,
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "channel",
    provider: "green-api",
    source: "webhook",
    raw: Buffer.from("{}"),
    headers: {},
    request: { id, address: "", userAgent: "", bytes: 2 },
    arrivedAt: now,
    pending: keys,
    keys,
    sweepAt: now,
  };
  await database.models.webhooks.insert(entry);
}

test("an entry is open until its last key is taken off, whoever takes which at once", async () => {
  const { webhooks } = database.models;
  await journal("parts", "a", "b", "c");

  await Promise.all(["a", "b"].map((key) => webhooks.closePart("parts", key, now)));
  const open = await webhooks.read("parts");
  await webhooks.closePart("parts", "c", now);
  const closed = await webhooks.read("parts");

  expect(open).toMatchObject({ pending: ["c"], sweepAt: now });
  expect(open).not.toHaveProperty("expiresAt");
  expect(closed).toMatchObject({ pending: [], expiresAt: expect.any(Date) });
  expect(closed).not.toHaveProperty("sweepAt");
});

test("a key that is found later opens a closed entry again", async () => {
  const { webhooks } = database.models;
  await journal("found", "a");
  await webhooks.closePart("found", "a", now);

  await webhooks.addKeys("found", ["b", "a"], now);

  const entry = await webhooks.read("found");
  expect(entry).toMatchObject({ pending: ["b", "a"], keys: ["a", "b"], sweepAt: now });
  expect(entry).not.toHaveProperty("expiresAt");
});

test("a sweep pushes on what is open only, and many sweepers that read the same count as one", async () => {
  const { webhooks } = database.models;
  const later = new Date(now.getTime() + 60_000);
  await journal("swept", "a");
  await journal("done", "b");
  const due = (await webhooks.readDue(now, 100)).filter(({ _id }) =>
    ["swept", "done"].includes(_id),
  );
  await webhooks.closePart("done", "b", now);

  for (let sweeper = 0; sweeper < 3; sweeper += 1)
    await Promise.all(due.map((entry) => webhooks.pushSweep(entry, later, true)));

  expect(due).toHaveLength(2);
  expect(await webhooks.read("swept")).toMatchObject({ sweepAt: later, sweeps: 1 });
  expect(await webhooks.read("done")).not.toHaveProperty("sweepAt");
});

test("a note that begins with a dollar sign is kept as it is", async () => {
  const { webhooks } = database.models;
  await journal("dollar", "a");

  await webhooks.closePart("dollar", "a", now, { parked: "$where is not known" });

  expect(await webhooks.read("dollar")).toMatchObject({ parked: "$where is not known" });
});
