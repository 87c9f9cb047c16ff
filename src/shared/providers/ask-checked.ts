import { answerOf } from "#shared/providers/answer-of.ts";
import type { Finding } from "#shared/domain/finding.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import type { Checked, ExamineCall } from "#shared/providers/provider.ts";

type Failed = Exclude<Checked, { readonly state: "ok" }>;

/** A question that was answered, or why it was not. */
export type Asked = { readonly answer: HttpAnswer } | Failed;

interface Question {
  readonly ask: (call: ExamineCall) => Promise<HttpAnswer>;
  /** The provider's own reading of its refusals. */
  readonly sort: (answer: HttpAnswer) => SendOutcome;
  /** Where 200 alone does not say that it is one. */
  readonly isAnswer?: (body: Buffer) => boolean;
}

/** Asks one question of the doctor's; whatever comes is an answer, and none quotes the token. */
export async function askChecked(
  call: ExamineCall,
  { ask, sort, isAnswer = () => true }: Question,
): Promise<Asked> {
  const answered = await answerOf({
    ask: () => ask(call),
    read: (answer) => (answer.status === 200 && isAnswer(answer.body) ? answer : undefined),
    sort,
    token: call.account.token,
    notUnderstood: "its answer was not understood",
  });
  return answered.state === "ok" ? { answer: answered.done } : answered;
}

/** The finding of a question that was not answered. */
export function failedFinding(who: string, failed: Failed, check = "token"): Finding {
  const { reason } = failed;
  return failed.state === "refused"
    ? { check, state: "fail", says: `${who} refuses: ${reason}`, fix: failed.advice }
    : { check, state: "warn", says: `${who} did not answer: ${reason}` };
}
