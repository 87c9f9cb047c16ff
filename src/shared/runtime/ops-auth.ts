import { createHash, timingSafeEqual } from "node:crypto";
import type { Config } from "#shared/config/env.ts";

/**
 * Whether a basic `Authorization` header proves the operators' password, in constant time. Without
 * OPS_PASSWORD nothing does: a password that everybody knows would be worse.
 */
export function provesOps(
  { OPS_USER, OPS_PASSWORD }: Pick<Config, "OPS_USER" | "OPS_PASSWORD">,
  authorization: string | undefined,
): boolean {
  if (OPS_PASSWORD === undefined) return false;
  const given = digest(credentialsOf(authorization ?? ""));
  return timingSafeEqual(given, digest(`${OPS_USER}:${OPS_PASSWORD}`));
}

function credentialsOf(header: string): string {
  const encoded = /^basic ([\w+/=-]+)$/i.exec(header)?.[1] ?? "";
  return Buffer.from(encoded, "base64").toString("utf8");
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
