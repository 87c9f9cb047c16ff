import type { Finding } from "#shared/domain/finding.ts";
import { askChecked, failedFinding } from "#shared/providers/ask-checked.ts";
import { clockFinding } from "#shared/providers/clock-finding.ts";
import type { ExamineCall } from "#shared/providers/provider.ts";
import { ask } from "./ask.ts";
import { readAccount } from "./check.ts";
import { sortAnswer } from "./sort.ts";

/** Whose the token is: all that Chatrace tells of an account. How polling goes we know ourselves. */
export async function examine(call: ExamineCall): Promise<readonly Finding[]> {
  const asked = await askChecked(call, {
    ask: () => ask(call, { path: "/accounts/me" }),
    sort: sortAnswer,
    // Errors come with 200, too.
    isAnswer: (body) => readAccount(body) !== undefined,
  });
  if (!("answer" in asked)) return [failedFinding("Chatrace", asked)];
  const { body, headers } = asked.answer;
  return [
    accountFinding(call.account.externalId, readAccount(body)),
    ...clockFinding(headers["date"], call.now),
  ];
}

function accountFinding(wanted: string, found = ""): Finding {
  const check = "token";
  if (found === wanted) return { check, state: "ok", says: "Chatrace takes the token." };
  const says = `The token belongs to the account ${found}, the channel is ${wanted}.`;
  const fix = `channel set ID --external-id ${found}, or the token of ${wanted}`;
  return { check, state: "fail", says, fix };
}
