import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContactChange } from "../../src/shared/models/contacts.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const apply = (given: Partial<ContactChange>) =>
  database.models.contacts.apply({
    contactId: "contact",
    tenantId: "tenant",
    channelId: "channel",
    conversationId: "one",
    version: 1,
    at: new Date(),
    set: {},
    fields: {},
    ...given,
  });

const change = (conversationId: string, version: number, fields: Record<string, string>) =>
  apply({ conversationId, version, fields });

const read = async (_id: string) => {
  const [contact] = await database.collection("contacts").find({ _id }).toArray();
  return contact;
};

test("a change counts once and never after a younger one of its conversation", async () => {
  await change("one", 1, { name: "first" });
  await change("one", 3, { name: "third" });
  await change("one", 2, { name: "second", extra: "no" });
  await change("one", 3, { name: "third again" });
  await change("other", 1, { city: "Perm" });

  expect(await read("contact")).toMatchObject({
    fields: { name: "third", city: "Perm" },
    versions: { one: 3, other: 1 },
  });
});

test("tags come and go with the turn that says so, once, and values are never read as fields", async () => {
  const contactId = "tagged";
  const first = { contactId, version: 1, tags: { add: ["vip", "new"], remove: [] } };
  await apply({ ...first, set: { name: "$tenantId" }, fields: { note: "$name" } });
  await apply({ contactId, version: 2, tags: { add: ["$old"], remove: ["new", "absent"] } });
  await apply(first);

  expect(await read(contactId)).toMatchObject({
    name: "$tenantId",
    fields: { note: "$name" },
    tags: ["vip", "$old"],
    versions: { one: 2 },
  });
});
