import { expect, test } from "vitest";
import { parse } from "./parse.ts";

const form = { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" };
const parseText = (text: string, headers = {}) => parse(Buffer.from(text), headers);

test("a long number keeps its digits, others stay numbers", () => {
  const parsed = parseText('{"contact_id": 2850000000000000001, "timestamp": 1762000000.5}');

  expect(parsed).toEqual({ body: { contact_id: "2850000000000000001", timestamp: 1762000000.5 } });
});

test("a form becomes an object", () => {
  expect(parseText("contact_id=1&text=%D0%94%D0%B0+%26+%22x%22", form)).toEqual({
    body: { contact_id: "1", text: 'Да & "x"' },
  });
});

test("JSON that calls itself a form, as curl does, is JSON", () => {
  expect(parseText(' {"test": "data"}', form)).toEqual({ body: { test: "data" } });
});

test("an empty body leaves the word to the headers", () => {
  expect(parseText("")).toEqual({ body: {} });
});

test.each(['{"text": "a "quote" inside"}', "{", "text"])("%s is parked", (text) => {
  expect(parseText(text)).toHaveProperty("parked");
});

test("a form of thousands of fields is parked", () => {
  expect(parseText("a=1&".repeat(1000), form)).toHaveProperty("parked");
});
