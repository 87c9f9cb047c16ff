import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A secret that a person or program carries: an id to find it by and 32 random bytes. */
export interface SecretToken {
  readonly id: string;
  readonly secret: string;
}

const secretBytes = 32;

export const mintSecret = (): string => randomBytes(secretBytes).toString("base64url");

/** Enough for random secrets: nobody can try them all. Passwords have `hashPassword`. */
export const hashSecret = (secret: string): string =>
  createHash("sha256").update(secret).digest("base64url");

export const isSecretOf = (secret: string, hash: string): boolean => {
  const given = Buffer.from(hashSecret(secret));
  const expected = Buffer.from(hash);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

export const writeToken = (prefix: string, { id, secret }: SecretToken): string =>
  `${prefix}${id}.${secret}`;

/** Undefined for what `writeToken` did not make. */
export function readToken(prefix: string, text: string): SecretToken | undefined {
  if (!text.startsWith(prefix)) return undefined;
  const [, id, secret] = /^([\w-]{1,64})\.([\w-]{43})$/.exec(text.slice(prefix.length)) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
