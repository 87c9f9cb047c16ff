import { z } from "zod";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readRetryAfter, unknownOutcome } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import { filled, part } from "#shared/providers/wire-fields.ts";
import { findVerdict } from "./errors.ts";

const answered = z.object({
  success: z.unknown().optional(),
  message: filled,
  error: part({ code: z.coerce.number().optional().catch(undefined), message: filled }),
});

/** One answer to a send. Errors may come with 200, and only `success: true` says that it was taken. */
export const sortAnswer = ({ status, headers, body: raw }: HttpAnswer): SendOutcome => {
  const body = answered.safeParse(readBody(raw)).data;
  const isOk = status >= 200 && status < 300;
  if (isOk && body?.error === undefined && body?.success === true) return { kind: "sent" };
  const code = isOk ? body?.error?.code : status;
  const reason = body?.error?.message ?? body?.message;
  const verdict = code === undefined ? undefined : findVerdict(code);
  if (code === undefined || verdict === undefined)
    return unknownOutcome(`Chatrace answered HTTP ${status}: ${reason ?? "no word of success"}`);
  const { kind, advice } = verdict;
  if (kind === "rate") {
    const retryAfterMs = readRetryAfter(headers["retry-after"]);
    return compact({ kind, code, scope: "channel", retryAfterMs });
  }
  return { kind, code, reason: reason ?? `Chatrace answered HTTP ${status}`, advice };
};
