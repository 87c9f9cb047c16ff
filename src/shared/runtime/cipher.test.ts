import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createCipher, openText, sealText } from "./cipher.ts";

const oldKey = "the old key of 32 characters, say";
const newKey = "the new key of 32 characters, say";

/** The form of before key rings. */
function sealNameless(secret: string, text: string, context: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "switchboard", "p", 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), body]).toString("base64url");
}

test("what an older key sealed opens while that key is in the ring", () => {
  const sealed = sealText(createCipher(oldKey, "p"), "token", "a");
  const ring = createCipher([newKey, oldKey], "p");

  expect(openText(ring, sealed, "a")).toBe("token");
  expect(ring.isCurrent(Buffer.from(sealed, "base64url"))).toBe(false);
  expect(() => openText(createCipher(newKey, "p"), sealed, "a")).toThrow("not in the settings");
});

test.each([oldKey, newKey])("what was sealed without a key's name opens under %s", (secret) => {
  const sealed = sealNameless(secret, "token", "a");
  const ring = createCipher([newKey, oldKey], "p");

  expect(openText(ring, sealed, "a")).toBe("token");
  expect(ring.isCurrent(Buffer.from(sealed, "base64url"))).toBe(false);
  expect(() => openText(ring, sealed, "b")).toThrow("no key of the settings opens it");
});

test("the newest key seals, and opens in its own context and purpose only", () => {
  const ring = createCipher([newKey, oldKey], "p");
  const sealed = sealText(ring, "token", "tenant|channel|token");

  expect(ring.isCurrent(Buffer.from(sealed, "base64url"))).toBe(true);
  expect(openText(createCipher(newKey, "p"), sealed, "tenant|channel|token")).toBe("token");
  expect(() => openText(ring, sealed, "other|channel|token")).toThrow(/unable to authenticate/);
  expect(() => openText(createCipher(newKey, "q"), sealed, "tenant|channel|token")).toThrow(
    "not in the settings",
  );
});

test("a changed byte opens nothing", () => {
  const ring = createCipher(newKey, "p");
  const sealed = ring.seal(Buffer.from("token"), "a");
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);

  expect(() => ring.open(sealed, "a")).toThrow(/unable to authenticate/);
});
