import { expect, test } from "vitest";
import { pickValues } from "#shared/crm/pick-values.ts";

const body = {
  client: { name: "Анна", vip: true, address: { city: "Perm" } },
  items: [{ price: 1500 }, { price: 0 }],
  tags: ["new", 7, { no: "words" }],
};

test("each variable is the text at its path", () => {
  const paths = { a: "client.name", b: "client.vip", c: "items[1].price", d: "items.0.price" };

  expect(pickValues(body, paths)).toEqual({ a: "Анна", b: "true", c: "0", d: "1500" });
});

test("a list is spelled with commas, its length is known, and an object or a missing place is empty", () => {
  const paths = { a: "tags", b: "client.address", c: "client.age", d: "items.length", e: "a.b.c" };

  expect(pickValues(body, paths)).toEqual({ a: "new, 7", b: "", c: "", d: "2", e: "" });
});

test("nothing is found that the answer does not have itself", () => {
  const paths = { a: "constructor.name", b: "__proto__.toString", c: "client.name.length" };

  expect(pickValues(body, paths)).toEqual({ a: "", b: "", c: "" });
});

test("a value is cut to what a variable holds", () => {
  expect(pickValues({ text: "x".repeat(10_000) }, { a: "text" })["a"]).toHaveLength(4096);
});
