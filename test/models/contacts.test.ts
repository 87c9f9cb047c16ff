import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const change = (conversationId: string, version: number, fields: Record<string, string>) =>
  database.models.contacts.apply({
    contactId: "contact",
    tenantId: "tenant",
    channelId: "channel",
    conversationId,
    version,
    set: {},
    fields,
  });

test("a change counts once and never after a younger one of its conversation", async () => {
  await change("one", 1, { name: "first" });
  await change("one", 3, { name: "third" });
  await change("one", 2, { name: "second", extra: "no" });
  await change("one", 3, { name: "third again" });
  await change("other", 1, { city: "Perm" });

  const [contact] = await database.collection("contacts").find({ _id: "contact" }).toArray();
  expect(contact).toMatchObject({
    fields: { name: "third", city: "Perm" },
    versions: { one: 3, other: 1 },
  });
});
