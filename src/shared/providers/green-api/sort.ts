import { z } from "zod";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readRetryAfter, unknownOutcome } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import { filled, id, part } from "#shared/providers/wire-fields.ts";
import { findVerdict } from "./errors.ts";

const success = z.object({ idMessage: id, setRead: z.unknown().optional() });
const failure = z.object({
  message: filled,
  correspondentsStatus: part({ status: filled }),
  invokeStatus: part({ status: filled }),
});

/** One answer of a sending method as an outcome. `sent` here means: in Green API's queue. */
export const sortAnswer = (answer: HttpAnswer): SendOutcome => {
  const { status, headers, body: raw } = answer;
  if (status >= 200 && status < 300) return sortSuccess(answer);
  const text = raw.toString("utf8");
  const verdict = findVerdict(status, text);
  if (verdict === undefined) return unknownOutcome(`Green API answered HTTP ${status}`);
  const { kind, advice } = verdict;
  if (kind === "rate") {
    const retryAfterMs = readRetryAfter(headers["retry-after"]) ?? verdict.retryAfterMs;
    return compact({ kind, code: status, scope: "channel", retryAfterMs });
  }
  return { kind, code: status, reason: explainAnswer(status, raw), advice };
};

const sortSuccess = ({ status, body }: HttpAnswer): SendOutcome => {
  const read = success.safeParse(readBody(body)).data;
  if (read?.idMessage !== undefined) return { kind: "sent", providerMessageId: read.idMessage };
  if (read?.setRead === true) return { kind: "sent" };
  return unknownOutcome(`Green API answered HTTP ${status} without a message id`);
};

/** The provider's own words, or its quota's status; free text may be a proxy's page. */
const explainAnswer = (status: number, raw: Buffer): string => {
  const { message, correspondentsStatus, invokeStatus } =
    failure.safeParse(readBody(raw)).data ?? {};
  const quotas = [correspondentsStatus?.status, invokeStatus?.status];
  const exceeded = quotas.find((word) => word?.includes("EXCEEDED"));
  return message ?? exceeded ?? `Green API answered HTTP ${status}`;
};
