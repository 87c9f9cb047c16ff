import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { verifySignature } from "./verify.ts";

// Meta signs its own escapes, so that the bytes differ from what JSON.stringify would write.
const raw = Buffer.from(
  '{"text":"\\u0417\\u0434\\u0440\\u0430\\u0432\\u0441\\u0442\\u0432 \\/ \\ud83d\\udc87"}',
);
const hexOf = (secret: string, bytes = raw) =>
  createHmac("sha256", secret).update(bytes).digest("hex");
const verify = (header: string | undefined, secrets = ["app-secret"], bytes = raw) =>
  verifySignature(
    { raw: bytes, headers: header === undefined ? {} : { "x-hub-signature-256": header } },
    secrets,
  );
const good = `sha256=${hexOf("app-secret")}`;

test("the signature over the bytes as received is taken", () => {
  expect(verify(good)).toBe(true);
});

test("the same content written anew is refused", () => {
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(raw.toString())));

  expect(verify(good, ["app-secret"], rewritten)).toBe(false);
});

test.each([
  ["no header", undefined],
  ["an empty header", ""],
  ["no prefix", hexOf("app-secret")],
  ["another prefix", `sha1=${hexOf("app-secret")}`],
  ["an upper-case prefix", `SHA256=${hexOf("app-secret")}`],
  ["upper-case hex", `sha256=${hexOf("app-secret").toUpperCase()}`],
  ["a truncated signature", good.slice(0, -1)],
  ["a longer signature", `${good}0`],
  ["a blank behind", `${good} `],
  ["a line break behind", `${good}\n`],
  ["a doubled header", `${good}, ${good}`],
  ["letters that are no hex", `sha256=${"g".repeat(64)}`],
  ["full-width letters", `sha256=${"ａ".repeat(64)}`],
  ["another secret", `sha256=${hexOf("other")}`],
])("%s is refused", (_, header) => {
  expect(verify(header)).toBe(false);
});

test("while secrets rotate, both are taken", () => {
  expect(verify(good, ["new-secret", "app-secret"])).toBe(true);
  expect(verify(`sha256=${hexOf("new-secret")}`, ["new-secret", "app-secret"])).toBe(true);
});

test("without a secret nothing is taken, not even a signature by the empty one", () => {
  expect(verify(good, [])).toBe(false);
  expect(verify(`sha256=${hexOf("")}`, [""])).toBe(false);
});

test("one changed byte is refused", () => {
  const changed = Buffer.from(raw);
  changed[10] = (changed[10] ?? 0) ^ 1;

  expect(verify(good, ["app-secret"], changed)).toBe(false);
});
