import { randomBytes } from "node:crypto";
import type { ApiKey } from "#shared/models/api-keys.ts";
import { hashSecret, mintSecret, writeToken } from "#shared/runtime/secret-token.ts";

/** How every key begins, so that people and scanners know what they have found. */
export const apiKeyPrefix = "sb_";

/** A new key's document, and its text: the only time that anybody can read it. */
export function mintApiKey(asked: Omit<ApiKey, "_id" | "schemaVersion" | "hash">): {
  readonly key: ApiKey;
  readonly text: string;
} {
  const secret = mintSecret();
  const _id = randomBytes(8).toString("hex");
  const scopes = [...new Set(asked.scopes)];
  const key: ApiKey = { ...asked, _id, schemaVersion: 1, scopes, hash: hashSecret(secret) };
  return { key, text: writeToken(apiKeyPrefix, { id: _id, secret }) };
}
