import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Seals bytes under a key derived from ENCRYPTION_KEY for one purpose. */
export interface Cipher {
  /** AES-256-GCM; `context` (tenant, channel, field) must be the same to open. */
  seal(plain: Buffer, context: string): Buffer;
  /** Throws when the bytes were changed or belong to another context. */
  open(sealed: Buffer, context: string): Buffer;
}

const nonceBytes = 12;
const tagBytes = 16;
const version = 1;

/** Derives the key by HKDF-SHA256, so that one secret serves several purposes apart. */
export function createCipher(secret: string, purpose: string): Cipher {
  const key = Buffer.from(hkdfSync("sha256", secret, "switchboard", purpose, 32));
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      const [nonce, tag, body] = split(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
  };
}

function split(sealed: Buffer): [nonce: Buffer, tag: Buffer, body: Buffer] {
  if (sealed[0] !== version) throw new Error("sealed with an unknown version: cannot be opened");
  const tagAt = 1 + nonceBytes;
  const bodyAt = tagAt + tagBytes;
  return [sealed.subarray(1, tagAt), sealed.subarray(tagAt, bodyAt), sealed.subarray(bodyAt)];
}

/** Seals a text for a document's field. */
export const sealText = (cipher: Cipher, text: string, context: string): string =>
  cipher.seal(Buffer.from(text), context).toString("base64url");

/** Opens what `sealText` made. */
export const openText = (cipher: Cipher, sealed: string, context: string): string =>
  cipher.open(Buffer.from(sealed, "base64url"), context).toString("utf8");
