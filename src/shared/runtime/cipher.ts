import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** ENCRYPTION_KEY alone, or with older ones behind it: they open and seal no more. */
export type Secrets = string | readonly string[];

/** Seals bytes under a key derived from ENCRYPTION_KEY for one purpose. */
export interface Cipher {
  /** AES-256-GCM; `context` (tenant, channel, field) must be the same to open. */
  seal(plain: Buffer, context: string): Buffer;
  /** Throws when the bytes were changed or belong to another context. */
  open(sealed: Buffer, context: string): Buffer;
  /** False for what an older key sealed, or a form without the key's name. */
  isCurrent(sealed: Buffer): boolean;
}

interface Key {
  readonly id: Buffer;
  readonly bytes: Buffer;
}

const nonceBytes = 12;
const tagBytes = 16;
const idBytes = 4;
/** Before key rings the key was not named: every key is tried. */
const nameless = 1;
const named = 2;

/** Derives the keys by HKDF-SHA256, so that one secret serves several purposes apart. */
export function createCipher(secrets: Secrets, purpose: string): Cipher {
  const keys = [secrets].flat().map((secret) => deriveKey(secret, purpose));
  const [current] = keys;
  if (current === undefined) throw new Error("a cipher needs a key");
  return {
    seal(plain, context) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(named), current.id, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, context) {
      if (sealed[0] === nameless) return tryAll(keys, sealed.subarray(1), context);
      if (sealed[0] !== named) throw new Error("sealed with an unknown version: cannot be opened");
      const key = keys.find(({ id }) => id.equals(idOf(sealed)));
      if (key === undefined) throw new Error("sealed under a key that is not in the settings");
      return decipher(key, sealed.subarray(1 + idBytes), context);
    },
    isCurrent: (sealed) => sealed[0] === named && idOf(sealed).equals(current.id),
  };
}

/** A key derived for something else than sealing: signing tokens, for example. */
export const deriveSecret = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "switchboard", purpose, 32));

function deriveKey(secret: string, purpose: string): Key {
  const bytes = deriveSecret(secret, purpose);
  return { bytes, id: createHash("sha256").update(bytes).digest().subarray(0, idBytes) };
}

const idOf = (sealed: Buffer): Buffer => sealed.subarray(1, 1 + idBytes);

function tryAll(keys: readonly Key[], rest: Buffer, context: string): Buffer {
  let fault: unknown;
  for (const key of keys) {
    try {
      return decipher(key, rest, context);
    } catch (error) {
      fault = error;
    }
  }
  throw new Error("no key of the settings opens it", { cause: fault });
}

function decipher({ bytes }: Key, rest: Buffer, context: string): Buffer {
  const bodyAt = nonceBytes + tagBytes;
  const nonce = rest.subarray(0, nonceBytes);
  const opened = createDecipheriv("aes-256-gcm", bytes, nonce, { authTagLength: tagBytes });
  opened.setAAD(Buffer.from(context)).setAuthTag(rest.subarray(nonceBytes, bodyAt));
  return Buffer.concat([opened.update(rest.subarray(bodyAt)), opened.final()]);
}

/** Seals a text for a document's field. */
export const sealText = (cipher: Cipher, text: string, context: string): string =>
  cipher.seal(Buffer.from(text), context).toString("base64url");

/** Opens what `sealText` made. */
export const openText = (cipher: Cipher, sealed: string, context: string): string =>
  cipher.open(Buffer.from(sealed, "base64url"), context).toString("utf8");
