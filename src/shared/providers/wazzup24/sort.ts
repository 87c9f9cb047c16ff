import { z } from "zod";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readRetryAfter, unknownOutcome } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import { code, filled, id, part } from "#shared/providers/wire-fields.ts";
import { findVerdict, unlisted } from "./errors.ts";

const success = z.object({ messageId: id });

const failure = z.object({
  error: z
    .union([z.string(), z.object({ code })])
    .optional()
    .catch(undefined),
  description: filled,
  message: filled,
  data: part({ fields: z.array(z.string()).optional().catch(undefined) }),
});

type Failure = z.infer<typeof failure>;

/** One answer of `POST /v3/message` as an outcome. */
export const sortAnswer = (answer: HttpAnswer): SendOutcome => {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return sortSuccess(answer);
  if (status === 429) {
    const retryAfterMs = readRetryAfter(headers["retry-after"]) ?? limitWindowMs;
    return { kind: "rate", code: status, scope: "channel", retryAfterMs };
  }
  // Whoever fails inside may have sent first: only a refusal proves that nothing went.
  if (status < 400 || status >= 500 || status === 408)
    return unknownOutcome(`Wazzup24 answered HTTP ${status}`);
  return sortRefusal(status, readFailure(answer));
};

/** 500 requests in 5 s, then nothing until the window ends: https://wazzup24.com/help/api-en/common-errors/ */
const limitWindowMs = 5_000;

const sortSuccess = ({ status, body }: HttpAnswer): SendOutcome => {
  const messageId = success.safeParse(readBody(body)).data?.messageId;
  if (messageId !== undefined) return { kind: "sent", providerMessageId: messageId };
  return unknownOutcome(`Wazzup24 answered HTTP ${status} without a message id`);
};

const sortRefusal = (status: number, told: Failure): SendOutcome => {
  const named = codeOf(told);
  const reason = explain(status, told);
  const verdict = named === undefined ? undefined : findVerdict(named);
  if (verdict?.kind === "arrived") return { kind: "sent" };
  if (verdict?.kind === "unknown") return unknownOutcome(reason);
  const isDenied = status === 401 || status === 403;
  const kind = verdict?.kind ?? (isDenied ? "account" : "refused");
  const advice = verdict?.advice ?? (isDenied ? denied : unlisted);
  return {
    kind: isDenied ? "account" : kind,
    code: verdict?.code ?? named ?? status,
    reason,
    advice,
  };
};

const denied = "Compare the channel's token with the API key in Wazzup's account.";

/** The code as Wazzup spells it; one route wraps it. */
export const codeOf = ({ error }: Failure): string | undefined => {
  const named = typeof error === "object" ? error.code : error;
  return named === undefined || named === "" ? undefined : String(named).slice(0, 256);
};

const explain = (status: number, { description, message, data, ...told }: Failure): string => {
  const said = description ?? message ?? codeOf({ ...told, description, message, data });
  const fields = data?.fields?.join(", ");
  const reason = said ?? `Wazzup24 answered HTTP ${status}`;
  return fields === undefined ? reason : `${reason}: ${fields}`;
};

/** What a refusal says of itself; an empty body says nothing. */
export const readFailure = ({ body }: HttpAnswer): Failure =>
  failure.safeParse(readBody(body)).data ?? failure.parse({});
