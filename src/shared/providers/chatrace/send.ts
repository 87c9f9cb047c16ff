import type { SendOutcome } from "#shared/domain/outcome.ts";
import { hideToken, sortFailure } from "#shared/providers/outcomes.ts";
import type { SendCall } from "#shared/providers/provider.ts";
import { ask } from "./ask.ts";
import { buildRequest } from "./build-request.ts";
import { sortAnswer } from "./sort.ts";

/** One attempt; what Chatrace cannot do is refused without a call. */
export const send = async (call: SendCall): Promise<SendOutcome> => {
  const built = buildRequest(call.command, call.to);
  if ("refused" in built) return built.refused;
  try {
    return hideToken(sortAnswer(await ask(call, built)), call.account.token);
  } catch (error) {
    return sortFailure(error);
  }
};
