import { CommandError } from "#cli/failures.ts";
import type { Answer } from "#shared/providers/provider.ts";

/** What the provider did; its refusal ends the command. */
export function doneOf<Done>(answer: Answer<Done>): Done {
  if (answer.state === "ok") return answer.done;
  const advice = answer.state === "refused" ? answer.advice : "Try again in a minute.";
  throw new CommandError(`${answer.reason}\n${advice}`);
}
