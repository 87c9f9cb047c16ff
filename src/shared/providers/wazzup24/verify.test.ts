import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifyRequest } from "./verify.ts";

const secret = "shh";
const hmac = (data: string, key = secret): string =>
  createHmac("sha256", key).update(data).digest("hex");
const bytes = (text: string) => ({ raw: Buffer.from(text), headers: {} });
const signed = (data: string, signature = hmac(data)): string =>
  `{"event":"message","data":${data},"signature":"sha256=${signature}"}`;

test("a Bearer key or a secret in the address proves, in whatever age of the secret", () => {
  const bare = bytes("{}");

  expect(verifyRequest({ ...bare, headers: { authorization: "Bearer shh" } }, [secret])).toBe(true);
  expect(verifyRequest({ ...bare, query: { secret } }, ["new", secret])).toBe(true);
});

test.each([
  ["no proof", {}],
  ["another key", { headers: { authorization: "Bearer shhh" } }],
  ["a key that is no Bearer", { headers: { authorization: "shh" } }],
  ["an empty key", { headers: { authorization: "Bearer " } }],
  ["another secret", { query: { secret: "s" } }],
])("%s proves nothing", (_, given) => {
  expect(verifyRequest({ ...bytes("{}"), ...given }, [secret])).toBe(false);
});

test("without a secret nothing is proven, an empty one least of all", () => {
  const request = { ...bytes(signed("{}", hmac("{}", ""))), query: { secret: "" } };

  expect(verifyRequest(request, [])).toBe(false);
  expect(verifyRequest(request, [""])).toBe(false);
});

test.each([
  ["as it is usually written", '{"id":"1","text":"Привет"}'],
  ["with escapes that a second writing would change", String.raw`{"text":"\u041f\/ \"}{,:[]"}`],
  ["with numbers and blanks of its own", '{ "a" : 1.0e1 ,\n"b":[ 1,2 ] }'],
  ["that is no object", '"data"'],
])("the signature is over the bytes of data: %s", (_, data) => {
  expect(verifyRequest(bytes(signed(data)), [secret])).toBe(true);
  expect(verifyRequest(bytes(signed(data)), ["other"])).toBe(false);
});

test("blanks around the value, and the order of the members, do not matter", () => {
  const data = '{"a":[{"data":1}]}';
  const body = `{ "signature" : "${hmac(data)}" ,\n "data" :\t${data} \n, "event": "x" }`;

  expect(verifyRequest(bytes(body), [secret])).toBe(true);
});

test.each([
  ["of other bytes", signed('{"a":1}', hmac('{"a": 1}'))],
  ["too short", signed("{}", hmac("{}").slice(2))],
  ["not at the top", `{"data":{"signature":"${hmac("{}")}"}}`],
  ["beside no data", `{"signature":"${hmac("{}")}"}`],
  ["in a list", `[{"data":{},"signature":"${hmac("{}")}"}]`],
  ["in what is no JSON", `{"data":{},"signature":"${hmac("{}")}"`],
  ["beside two of data", `{"data":{},"data":{"evil":1},"signature":"${hmac("{}")}"}`],
  [
    "beside data under an escaped name",
    String.raw`{"data":{},"d\u0061ta":{"evil":1},"signature":"` + `${hmac("{}")}"}`,
  ],
])("a signature %s proves nothing", (_, body) => {
  expect(verifyRequest(bytes(body), [secret])).toBe(false);
});
