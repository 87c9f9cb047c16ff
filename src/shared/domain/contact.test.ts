import { expect, test } from "vitest";
import { cleanTag, fieldKey, joinContacts, sumTags, type Contact } from "./contact.ts";

test("a tag is one line without space around it, cut between letters", () => {
  expect(cleanTag("  VIP\n client ")).toBe("VIP client");
  expect(cleanTag("🙂".repeat(110))).toBe("🙂".repeat(100));
});

test("the last word on a tag counts, and an empty one is none", () => {
  const changes = [{ tag: "a" }, { tag: "b" }, { tag: " a ", remove: true }, { tag: " " }] as const;
  expect(sumTags(changes)).toEqual({ add: ["b"], remove: ["a"] });
  expect(sumTags([{ tag: " " }])).toBeUndefined();
});

test("the name of a field becomes a key that a document can have", () => {
  expect(fieldKey(" дата.записи $ ")).toBe("дата_записи _");
});

test("a contact of several identities has all their words, its own before the others'", () => {
  const base = { schemaVersion: 1, tenantId: "tenant" } as const;
  const first: Contact = {
    ...base,
    _id: "a",
    name: "Anna",
    tags: ["vip"],
    fields: { city: "Perm" },
  };
  const second: Contact = {
    ...base,
    _id: "b",
    name: "anna_k",
    phone: "79001234567",
    tags: ["new", "vip"],
    fields: { city: "Omsk", age: "30" },
    mergedInto: "a",
  };

  expect(joinContacts(first, [second])).toEqual({
    ...base,
    _id: "a",
    name: "Anna",
    phone: "79001234567",
    tags: ["vip", "new"],
    fields: { city: "Perm", age: "30" },
  });
});
