import { createHmac, timingSafeEqual } from "node:crypto";
import type { Headers } from "#shared/providers/provider.ts";

const shape = /^sha256=([0-9a-f]{64})$/;

/**
 * Checks Meta's signature over the bytes as received: Meta signs its own escapes, so that a body
 * written anew fails (https://developers.facebook.com/docs/graph-api/webhooks/getting-started).
 */
export const verifySignature = (
  request: { raw: Buffer; headers: Headers },
  secrets: readonly string[],
): boolean => {
  const hex = shape.exec(request.headers["x-hub-signature-256"] ?? "")?.[1];
  if (hex === undefined) return false;
  const given = Buffer.from(hex, "hex");
  let isSigned = false;
  for (const secret of secrets.filter((one) => one !== "")) {
    const wanted = createHmac("sha256", secret).update(request.raw).digest();
    isSigned = timingSafeEqual(given, wanted) || isSigned;
  }
  return isSigned;
};
