import { expect, test } from "vitest";
import { parseFlow } from "#shared/bot/flow.ts";
import { draftFlow } from "#shared/bot/test-flows.ts";

const parse = (data: object) => {
  const parsed = parseFlow(draftFlow([{ id: "call", type: "http_request", data }]));
  return "errors" in parsed ? parsed.errors.map(({ path }) => path) : [];
};
const url = "https://crm.example.com/clients?phone={{customer.phone}}";

test("a request is a URL, and the rest has its defaults", () => {
  expect(parse({ url })).toEqual([]);
});

test("who is called is the author's word alone", () => {
  const refused = [
    "https://{{user_input}}/",
    "https://crm.example.com{{user_input}}/",
    "{{user_input}}",
    "ftp://crm.example.com/",
    "//crm.example.com",
  ];

  expect(refused.map((each) => parse({ url: each }))).toEqual(
    refused.map(() => ["nodes.0.data.url"]),
  );
});

test("what a request cannot have is refused by name", () => {
  expect(parse({ url, body: { a: 1 } })).toEqual(["nodes.0.data.body"]);
  expect(parse({ url, headers: { "a b": "c" } })).toEqual(["nodes.0.data.headers.a b"]);
  expect(parse({ url, saveAs: { customer: "a" } })).toEqual(["nodes.0.data.saveAs.customer"]);
  expect(parse({ url, timeoutSeconds: 301 })).toEqual(["nodes.0.data.timeoutSeconds"]);
});

test("calls alone may not go round in a circle", () => {
  const edges = [["call", "call", "error"]] as const;
  const parsed = parseFlow(draftFlow([{ id: "call", type: "http_request", data: { url } }], edges));

  expect(parsed).toMatchObject({ errors: [{ message: expect.stringContaining("circle") }] });
});
