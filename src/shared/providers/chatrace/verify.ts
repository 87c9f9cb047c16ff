import { matchesAny } from "#shared/providers/compare-secret.ts";
import type { Headers } from "#shared/providers/provider.ts";

/** Chatrace signs nothing: the header is one that the account's owner wrote into the External Request. */
export const verifySecret = (
  { headers }: { headers: Headers },
  secrets: readonly string[],
): boolean => matchesAny([headers["x-webhook-secret"] ?? ""], secrets);
