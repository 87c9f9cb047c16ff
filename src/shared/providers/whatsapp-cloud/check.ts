import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import type { Checked, SendCall } from "#shared/providers/provider.ts";
import { sortAnswer } from "./sort.ts";

/** Reads the number: https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers */
export const check = async ({
  http,
  account,
  signal,
}: Pick<SendCall, "http" | "account" | "signal">): Promise<Checked> => {
  const number = encodeURIComponent(account.externalId);
  try {
    const answer = await http.ask({
      method: "GET",
      url: `${account.apiUrl.replace(/\/+$/, "")}/${number}?fields=display_phone_number`,
      headers: { authorization: `Bearer ${account.token}` },
      guarded: account.guarded,
      signal,
    });
    if (answer.status === 200) return { state: "ok" };
    return toChecked(hideToken(sortAnswer(answer), account.token));
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};
