import { Problem } from "#api/rest/problem.ts";
import type { Answer } from "#shared/providers/provider.ts";

/** What the provider did; its refusal is the caller's to mend. */
export function doneOf<Done>(answer: Answer<Done>): Done {
  if (answer.state === "ok") return answer.done;
  if (answer.state === "refused")
    throw new Problem(409, `${answer.reason} ${answer.advice}`.trim());
  throw new Problem(503, `The provider did not answer: ${answer.reason}`, {
    headers: { "Retry-After": "10" },
  });
}
