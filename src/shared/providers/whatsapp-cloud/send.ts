import type { SendOutcome } from "#shared/domain/outcome.ts";
import { hideToken, sortFailure } from "#shared/providers/outcomes.ts";
import type { SendCall } from "#shared/providers/provider.ts";
import { buildRequest } from "./build-request.ts";
import { sortAnswer } from "./sort.ts";

/** One attempt at the messages endpoint; what breaks WhatsApp's rules is refused without a call. */
export const send = async (call: SendCall): Promise<SendOutcome> => {
  const built = buildRequest(call);
  if ("refused" in built) return built.refused;
  const { account, http, signal } = call;
  try {
    const answer = await http.ask({
      method: "POST",
      url: `${account.apiUrl.replace(/\/+$/, "")}/${account.externalId}/messages`,
      headers: { authorization: `Bearer ${account.token}` },
      json: built.json,
      guarded: account.guarded,
      signal,
    });
    return hideToken(sortAnswer(answer), account.token);
  } catch (error) {
    return sortFailure(error);
  }
};
