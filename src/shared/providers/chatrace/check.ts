import { z } from "zod";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Checked, SendCall } from "#shared/providers/provider.ts";
import { ask } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const account = z.object({ page_id: z.coerce.string() });

/** Asks for the account that the token belongs to. */
export const check = async (
  call: Pick<SendCall, "http" | "account" | "signal">,
): Promise<Checked> => {
  try {
    const answer = await ask(call, { path: "/accounts/me" });
    const found = account.safeParse(readBody(answer.body)).data;
    const isFound = answer.status === 200 && found !== undefined;
    if (!isFound) return toChecked(hideToken(sortAnswer(answer), call.account.token));
    if (found.page_id === call.account.externalId) return { state: "ok" };
    return {
      state: "refused",
      reason: `the token belongs to the account ${found.page_id}`,
      advice: `Set that as the channel's account, or take the token of ${call.account.externalId}.`,
    };
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};
