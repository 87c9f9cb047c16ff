import { z } from "zod";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Checked, SendCall } from "#shared/providers/provider.ts";
import { askMethod } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const state = z.object({ stateInstance: z.string() });

/** Asks for the instance's state: https://green-api.com/en/docs/api/account/GetStateInstance/ */
export const check = async (
  call: Pick<SendCall, "http" | "account" | "signal">,
): Promise<Checked> => {
  try {
    const answer = await askMethod(call, { name: "getStateInstance" });
    if (answer.status !== 200) return toChecked(hideToken(sortAnswer(answer), call.account.token));
    const read = state.safeParse(readBody(answer.body)).data;
    const accountState = read?.stateInstance;
    if (accountState === "authorized") return { state: "ok", accountState };
    return {
      state: "refused",
      ...(accountState === undefined ? {} : { accountState }),
      reason: `the instance is in the state ${accountState ?? "unknown"}`,
      advice: "Open it in Green API's console: it must be authorized (scan the QR code).",
    };
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};
