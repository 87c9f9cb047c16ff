import { createHmac, timingSafeEqual } from "node:crypto";
import { matchesAny } from "#shared/providers/compare-secret.ts";
import { parseBody } from "#shared/providers/parse-body.ts";
import type { Headers } from "#shared/providers/provider.ts";
import { findMember } from "./find-member.ts";

interface Request {
  readonly raw: Buffer;
  readonly headers: Headers;
  readonly query?: Headers;
}

/**
 * Wazzup sends `Authorization: Bearer <crmKey>` where it was given one, else nothing but the address as
 * it was set, its query included (https://wazzup24.com/help/webhooks/). The documented form signs itself.
 */
export const verifyRequest = (request: Request, secrets: readonly string[]): boolean => {
  const { headers, query } = request;
  const bearer = /^Bearer +(\S+)$/i.exec(headers["authorization"] ?? "")?.[1] ?? "";
  return matchesAny([bearer, query?.["secret"] ?? ""], secrets) || isSigned(request, secrets);
};

const shape = /^"(?:sha256=)?([0-9a-f]{64})"$/i;

/** `signature` beside `data`: over the bytes of that value as they stand, for writing it anew changes them. */
const isSigned = ({ raw }: Request, secrets: readonly string[]): boolean => {
  const usable = secrets.filter((secret) => secret !== "");
  if (usable.length === 0 || !raw.includes('"signature"')) return false;
  if ("parked" in parseBody(raw)) return false;
  const hex = shape.exec(findMember(raw, "signature")?.toString("utf8") ?? "")?.[1];
  const data = findMember(raw, "data");
  if (hex === undefined || data === undefined) return false;
  const given = Buffer.from(hex, "hex");
  let isMatch = false;
  for (const secret of usable) {
    const wanted = createHmac("sha256", secret).update(data).digest();
    isMatch = timingSafeEqual(given, wanted) || isMatch;
  }
  return isMatch;
};
