import { z } from "zod";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { compact } from "#shared/providers/compact.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readRetryAfter, unknownOutcome } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import { filled, id, items, part } from "#shared/providers/wire-fields.ts";
import { findVerdict, unlisted, type Verdict } from "./errors.ts";

const success = z.object({ messages: items(z.object({ id })), success: z.unknown().optional() });
const failure = z.object({
  error: z.object({
    code: z.number().int(),
    message: filled,
    error_data: part({ details: filled }),
  }),
});

type Fault = z.infer<typeof failure>["error"];

/** One answer of the messages endpoint as an outcome: by code, never by message. */
export const sortAnswer = (answer: HttpAnswer): SendOutcome => {
  const body = readBody(answer.body);
  if (answer.status < 300) return sortSuccess(answer.status, body);
  const fault = failure.safeParse(body).data?.error;
  // Whoever fails inside may have sent first: only a refusal proves that nothing went.
  if (answer.status < 400 || answer.status >= 500 || answer.status === 408) {
    const code = fault === undefined ? "" : `, code ${fault.code}`;
    return unknownOutcome(`WhatsApp answered HTTP ${answer.status}${code}`);
  }
  return fault === undefined ? sortStatus(answer) : sortFault(fault, answer);
};

const sortSuccess = (status: number, body: unknown): SendOutcome => {
  const read = success.safeParse(body).data;
  const messageId = read?.messages[0]?.id;
  if (messageId !== undefined) return { kind: "sent", providerMessageId: messageId };
  if (read?.success === true) return { kind: "sent" };
  return unknownOutcome(`WhatsApp answered HTTP ${status} without a message id`);
};

const sortFault = (fault: Fault, answer: HttpAnswer): SendOutcome => {
  const verdict = findVerdict(fault.code);
  if (verdict === undefined && answer.status !== 400 && answer.status !== 404) {
    return sortStatus(answer, fault);
  }
  return toOutcome(verdict ?? { kind: "refused", advice: unlisted }, {
    code: fault.code,
    reason: fault.error_data?.details ?? fault.message ?? `code ${fault.code}`,
    waitMs: readWait(answer),
  });
};

const sortStatus = (answer: HttpAnswer, fault?: Fault): SendOutcome =>
  toOutcome(findStatusVerdict(answer.status), {
    code: fault?.code ?? `http_${answer.status}`,
    reason: fault?.message ?? `WhatsApp answered HTTP ${answer.status} without an error code`,
    waitMs: readWait(answer),
  });

const findStatusVerdict = (status: number): Verdict => {
  if (status === 429) return { kind: "rate", advice: "" };
  const isDenied = status === 401 || status === 403;
  const advice = isDenied
    ? "Check the channel's access token."
    : "Check the channel's API address.";
  return { kind: isDenied ? "account" : "refused", advice };
};

interface Facts {
  readonly code: number | string;
  readonly reason: string;
  readonly waitMs: number | undefined;
}

const toOutcome = (verdict: Verdict, { code, reason, waitMs }: Facts): SendOutcome => {
  const { kind, advice } = verdict;
  if (kind === "account" || kind === "refused") return { kind, code, reason, advice };
  const scope = kind === "pair" ? "pair" : "channel";
  return compact({ kind: "rate", code, scope, retryAfterMs: waitMs ?? verdict.retryAfterMs });
};

const usage = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().catch(0) })),
);

/** Meta's own estimate is in minutes: https://developers.facebook.com/docs/graph-api/overview/rate-limiting */
const readWait = ({ headers }: HttpAnswer): number | undefined => {
  const said = readBody(Buffer.from(headers["x-business-use-case-usage"] ?? ""));
  const entries = usage.safeParse(said).data ?? {};
  const minutes = Object.values(entries)
    .flat()
    .map((entry) => entry.estimated_time_to_regain_access);
  const longest = Math.max(0, ...minutes) * 60_000;
  const wait = Math.max(longest, readRetryAfter(headers["retry-after"]) ?? 0);
  return wait > 0 ? wait : undefined;
};
