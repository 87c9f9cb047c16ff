import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Answer } from "#shared/providers/provider.ts";
import { askMethod, type Caller, type Question } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

/** What `read` finds in the answer; Green API's refusals in its own words, without our token. */
export async function askFor<Done>(
  caller: Caller,
  question: Question,
  read: (body: unknown) => Done | undefined,
): Promise<Answer<Done>> {
  try {
    const answer = await askMethod(caller, question);
    const done = answer.status === 200 ? read(readBody(answer.body)) : undefined;
    if (done !== undefined) return { state: "ok", done };
    const checked = toChecked(hideToken(sortAnswer(answer), caller.account.token));
    return checked.state === "ok" ? notUnderstood : checked;
  } catch (error) {
    const checked = toChecked(sortFailure(error));
    return checked.state === "ok" ? notUnderstood : checked;
  }
}

const notUnderstood = {
  state: "unreached",
  reason: "Green API's answer was not understood",
} as const;
