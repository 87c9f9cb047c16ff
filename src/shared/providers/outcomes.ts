import type { SendOutcome } from "#shared/domain/outcome.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";

/** Refused here, without a call: the command breaks a rule of the provider. */
export const refuseCommand = (reason: string, advice: string): SendOutcome => ({
  kind: "refused",
  code: "invalid_command",
  reason,
  advice,
});

export const unknownOutcome = (reason: string): SendOutcome => ({ kind: "unknown", reason });

/** The outcome of a call without an answer. What is not a failure of the call is thrown on. */
export const sortFailure = (error: unknown): SendOutcome => {
  if (!(error instanceof HttpFailure)) throw error;
  const kind = error.phase === "before" ? "unreached" : "unknown";
  return { kind, reason: error.message };
};

/** `Retry-After` in seconds as milliseconds; the form with a date is left aside. */
export const readRetryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;
