import { expect, test } from "vitest";
import { verifyToken } from "./verify.ts";

const verify = (headers: Record<string, string>, secrets = ["s3cret"]) =>
  verifyToken({ headers }, secrets);

test.each([
  { authorization: "Bearer s3cret" },
  { authorization: "bearer s3cret" },
  { authorization: "Basic s3cret" },
  { authorization: "s3cret" },
  { "x-webhook-token": "s3cret" },
])("%j is taken", (headers) => {
  expect(verify(headers)).toBe(true);
});

test.each([
  {},
  { authorization: "" },
  { authorization: "Bearer" },
  { authorization: "Bearer " },
  { authorization: "Bearer wrong" },
  { authorization: "Bearer s3cre" },
  { authorization: "Bearer S3CRET" },
  { authorization: "Bearer s3cret, Bearer s3cret" },
  { authorization: "Digest s3cret" },
  { "x-webhook-token": "" },
  { "x-webhook-token": "s3cret " },
])("%j is refused", (headers) => {
  expect(verify(headers)).toBe(false);
});

test("without a secret nothing is taken", () => {
  expect(verify({ authorization: "" }, [])).toBe(false);
  expect(verify({ authorization: "" }, [""])).toBe(false);
  expect(verify({ "x-webhook-token": "" }, [""])).toBe(false);
});

test("a secret that carries its scheme is taken as it stands", () => {
  expect(verify({ authorization: "Basic dXNlcjpwYXNz" }, ["Basic dXNlcjpwYXNz"])).toBe(true);
});
