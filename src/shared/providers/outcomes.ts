import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { Checked, Uploaded } from "#shared/providers/provider.ts";
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

/** What an upload that brought nothing means for its send: surely nothing was sent. */
export const toUploadFault = (outcome: SendOutcome): Exclude<Uploaded, { kind: "uploaded" }> => {
  if (outcome.kind !== "sent" && outcome.kind !== "unknown") return outcome;
  const reason = "reason" in outcome ? outcome.reason : "the answer to the upload names no file";
  return { kind: "unreached", reason };
};

/** Whoever answers may repeat what it was sent; a token must not come into records and logs that way. */
export const hideToken = (outcome: SendOutcome, token: string): SendOutcome => {
  if (token === "" || !("reason" in outcome)) return outcome;
  const spellings = [token, encodeURIComponent(token)];
  const reason = spellings.reduce(
    (text, each) => text.replaceAll(each, "[redacted]"),
    outcome.reason,
  );
  return { ...outcome, reason };
};

/** `Retry-After` in seconds as milliseconds; the form with a date is left aside. */
export const readRetryAfter = (header: string | undefined): number | undefined =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1000 : undefined;

/** What an answer that is no success says of the account. */
export const toChecked = (outcome: SendOutcome): Checked => {
  if (outcome.kind === "sent") return { state: "ok" };
  if (outcome.kind === "account" || outcome.kind === "refused")
    return { state: "refused", reason: outcome.reason, advice: outcome.advice };
  const reason = "reason" in outcome ? outcome.reason : "the provider asks to slow down";
  return { state: "unreached", reason };
};
