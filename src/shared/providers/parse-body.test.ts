import { expect, test } from "vitest";
import { parseBody } from "./parse-body.ts";

const parse = (text: string) => parseBody(Buffer.from(text));
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

test("plain JSON becomes a body", () => {
  expect(parse('{"a":[1,"x"]}')).toEqual({ body: { a: [1, "x"] } });
});

test("64 levels are read, 65 are parked", () => {
  expect(parse(nested(64))).toHaveProperty("body");
  expect(parse(nested(65))).toEqual({ parked: "the body is nested deeper than 64" });
});

test("a million open brackets are parked without a stack overflow", () => {
  expect(parse("[".repeat(1_000_000))).toHaveProperty("parked");
});

test("a body of countless small values is parked", () => {
  expect(parse(JSON.stringify(Array.from({ length: 300_000 }, () => 0)))).toEqual({
    parked: "the body holds more than 100000 values",
  });
});

test("a body of countless empty objects is parked", () => {
  expect(parse(JSON.stringify(Array.from({ length: 30_000 }, () => ({}))))).toEqual({
    parked: "the body holds more than 25000 objects and lists",
  });
});

test("brackets and escaped quotes inside strings do not count as depth", () => {
  const text = JSON.stringify({ a: `${"[{".repeat(100)}"\\` });

  expect(parse(text)).toEqual({ body: JSON.parse(text) });
});

test.each([
  '{"__proto__":{"admin":true}}',
  '{"\\u005f\\u005fproto\\u005f_":{"admin":true}}',
  '{"a":[{"__proto__" : 1}]}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"c\\u006fnstructor":{"prot\\u006ftype":{}}}',
])("a prototype key is parked: %s", (text) => {
  expect(parse(text)).toEqual({ parked: "the body has a forbidden key" });
});

test("__proto__ as a value is only text", () => {
  expect(parse('{"a":"__proto__"}')).toEqual({ body: { a: "__proto__" } });
});

test.each([[[0xff, 0xfe]], [[0x22, 0xc3, 0x28, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]]])(
  "bytes that are no UTF-8 are parked: %j",
  (bytes) => {
    expect(parseBody(Buffer.from(bytes))).toEqual({ parked: "the body is not UTF-8" });
  },
);

test.each(["{", "nul", '{"a":1,}', '"a\u0000b"', "<html>", "  "])("%j is not JSON", (text) => {
  expect(parse(text)).toEqual({ parked: "the body is not JSON" });
});

test("an empty body is parked in words", () => {
  expect(parse("")).toEqual({ parked: "the body is empty" });
});

test("numbers beyond any double do not throw", () => {
  expect(parse('{"a":1e999,"b":123456789012345678901234567890}')).toHaveProperty("body");
});
