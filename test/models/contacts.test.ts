import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contact } from "../../src/shared/domain/contact.ts";
import type { ContactChange, ContactQuery } from "../../src/shared/models/contacts.ts";
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

const at = (second: number): Date => new Date(1_800_000_000_000 + second * 1000);

const create = (tenantId: string, name: string, second: number, given: Partial<Contact> = {}) =>
  database.models.contacts.create({
    _id: `${tenantId}-${name}`,
    schemaVersion: 1,
    tenantId,
    name,
    updatedAt: at(second),
    ...given,
  });

const by = { by: "olga", at: at(100) };

test("an edit changes what it names, takes away what it says, and touches no other tenant's", async () => {
  await create("edit", "Anna", 1, { phone: "79001234567", fields: { city: "Perm", age: "30" } });
  const { contacts } = database.models;

  const edit = { set: { name: "$name", phone: null }, fields: { age: null, job: "$fields.city" } };
  const answers = [
    await contacts.edit("other", "edit-Anna", edit, at(2)),
    await contacts.edit("edit", "edit-Anna", edit, at(3)),
  ];

  expect(answers).toEqual([false, true]);
  expect(await contacts.find("edit", "edit-Anna")).toEqual({
    _id: "edit-Anna",
    schemaVersion: 1,
    tenantId: "edit",
    name: "$name",
    fields: { city: "Perm", job: "$fields.city" },
    updatedAt: at(3),
  });
});

const list = async (query: Partial<ContactQuery>) => {
  const found = await database.models.contacts.list("list", { limit: 10, ...query });
  return found.map(({ contact }) => contact.name);
};

test("contacts are listed page by page, narrowed by tag, phone or part of a name", async () => {
  await create("list", "Анна", 1, { tags: ["vip"] });
  await create("list", "Boris", 2, { phone: "79001234567" });
  await create("list", "Vera", 3, { tags: ["vip", "new"], email: "vera@example.org" });
  expect(await list({})).toEqual(["Vera", "Boris", "Анна"]);
  expect(await list({ after: { at: at(2), id: "list-Boris" } })).toEqual(["Анна"]);
  expect(await list({ tag: "vip" })).toEqual(["Vera", "Анна"]);
  expect(await list({ phone: "79001234567" })).toEqual(["Boris"]);
  expect(await list({ search: "анн" })).toEqual(["Анна"]);
  expect(await list({ search: "VERA@" })).toEqual(["Vera"]);
});

test("merged identities are read as one contact, and taken apart exactly as they were", async () => {
  await create("merge", "main", 1, { tags: ["vip"], fields: { city: "Perm" } });
  await create("merge", "second", 2, { phone: "79001234567", fields: { age: "30" } });
  await create("merge", "third", 3, { email: "third@example.org" });
  const { contacts } = database.models;
  const readAll = () =>
    database.collection("contacts").find({ tenantId: "merge" }).sort({ _id: 1 });
  const before = await readAll().toArray();

  const answers = [
    await contacts.merge("merge", { id: "merge-third", into: "merge-second" }, by),
    await contacts.merge("merge", { id: "merge-second", into: "merge-main" }, by),
    await contacts.merge("merge", { id: "merge-main", into: "merge-third" }, by),
    await contacts.merge("merge", { id: "merge-third", into: "merge-main" }, by),
    await contacts.merge("merge", { id: "merge-main", into: "nobody" }, by),
    await contacts.merge("other", { id: "merge-main", into: "merge-second" }, by),
  ];
  const whole = await contacts.read("merge", "merge-third");
  const listed = await contacts.list("merge", { limit: 10 });
  const found = await contacts.list("merge", { phone: "79001234567", limit: 10 });
  const undone = [
    await contacts.split("other", "merge-third"),
    await contacts.split("merge", "merge-third"),
    await contacts.split("merge", "merge-second"),
  ];

  expect(answers).toEqual([
    "merged",
    "merged",
    "same contact",
    "merged before",
    "missing",
    "missing",
  ]);
  expect(whole).toMatchObject({
    contact: { _id: "merge-main", name: "main", phone: "79001234567", email: "third@example.org" },
    ids: ["merge-main", "merge-second", "merge-third"],
  });
  expect(listed.map(({ contact }) => contact._id)).toEqual(["merge-main"]);
  expect(found.map(({ contact }) => contact._id)).toEqual(["merge-main"]);
  expect(undone).toEqual([false, true, true]);
  expect(await readAll().toArray()).toEqual(before);
});

test("two who merge each contact into the other at once leave no circle", async () => {
  await create("circle", "a", 1);
  await create("circle", "b", 2);
  const { contacts } = database.models;

  await Promise.all([
    contacts.merge("circle", { id: "circle-a", into: "circle-b" }, by),
    contacts.merge("circle", { id: "circle-b", into: "circle-a" }, by),
  ]);

  const [a, b] = await Promise.all([
    contacts.find("circle", "circle-a"),
    contacts.find("circle", "circle-b"),
  ]);
  expect([a?.mergedInto, b?.mergedInto].filter((into) => into !== undefined).length).toBeLessThan(
    2,
  );
});

test("notes are kept once, for every identity of the contact", async () => {
  const { notes } = database.models;
  const note = { schemaVersion: 1, tenantId: "notes", text: "likes tea", by: "olga" } as const;
  const answers = [
    await notes.add({ ...note, _id: "n1", contactId: "a", at: at(1) }),
    await notes.add({ ...note, _id: "n1", contactId: "a", at: at(1) }),
    await notes.add({ ...note, _id: "n2", contactId: "b", at: at(2) }),
  ];

  const readNotes = async (tenantId: string) =>
    (await notes.list(tenantId, ["a", "b"], { limit: 10 })).map(({ _id }) => _id);
  expect(answers).toEqual(["created", "exists", "created"]);
  expect(await readNotes("notes")).toEqual(["n2", "n1"]);
  expect(await readNotes("other")).toEqual([]);
  expect([await notes.remove("other", "n1"), await notes.remove("notes", "n1")]).toEqual([
    false,
    true,
  ]);
});

test("a field is defined by its tenant, and defined anew", async () => {
  const { contactFields } = database.models;
  await contactFields.define("fields", { key: "age", label: "Возраст", type: "text" });
  await contactFields.define("fields", { key: "age", label: "Возраст", type: "number" });

  const age = { key: "age", label: "Возраст", type: "number", tenantId: "fields" };
  expect(await contactFields.list("fields")).toMatchObject([age]);
  expect(await contactFields.remove("other", "age")).toBe(false);
  expect(await contactFields.list("fields")).toHaveLength(1);
});
