import { matchesAny } from "#shared/providers/compare-secret.ts";
import type { Headers } from "#shared/providers/provider.ts";

/**
 * Green API repeats `webhookUrlToken` in Authorization, as Bearer, as Basic or bare, depending on its
 * version and setting (https://green-api.com/en/docs/api/receiving/technology-webhook-endpoint/).
 */
export const verifyToken = (
  { headers }: { headers: Headers },
  secrets: readonly string[],
): boolean => {
  const authorization = headers["authorization"] ?? "";
  const token = /^(?:Bearer|Basic) +(\S+)$/i.exec(authorization)?.[1] ?? "";
  return matchesAny([authorization, token, headers["x-webhook-token"] ?? ""], secrets);
};
