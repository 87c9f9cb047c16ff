import { answerOf } from "#shared/providers/answer-of.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Answer } from "#shared/providers/provider.ts";
import { askMethod, type Caller, type Question } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

/** What `read` finds in the answer; Green API's refusals in its own words, without our token. */
export const askFor = <Done>(
  caller: Caller,
  question: Question,
  read: (body: unknown) => Done | undefined,
): Promise<Answer<Done>> =>
  answerOf({
    ask: () => askMethod(caller, question),
    read: ({ status, body }) => (status === 200 ? read(readBody(body)) : undefined),
    sort: sortAnswer,
    token: caller.account.token,
    notUnderstood: "Green API's answer was not understood",
  });
