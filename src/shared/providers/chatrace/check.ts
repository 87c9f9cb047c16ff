import { z } from "zod";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Checked, SendCall } from "#shared/providers/provider.ts";
import { ask } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const account = z.object({ page_id: z.union([z.string(), z.number()]).transform(String) });

/** The account that an answer of `/accounts/me` names. */
export const readAccount = (body: Buffer): string | undefined =>
  account.safeParse(readBody(body)).data?.page_id;

/** Asks for the account that the token belongs to. */
export const check = async (
  call: Pick<SendCall, "http" | "account" | "signal">,
): Promise<Checked> => {
  try {
    const answer = await ask(call, { path: "/accounts/me" });
    const found = answer.status === 200 ? readAccount(answer.body) : undefined;
    if (found === undefined) return toChecked(hideToken(sortAnswer(answer), call.account.token));
    if (found === call.account.externalId) return { state: "ok" };
    return {
      state: "refused",
      reason: `the token belongs to the account ${found}`,
      advice: `Set that as the channel's account, or take the token of ${call.account.externalId}.`,
    };
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};
