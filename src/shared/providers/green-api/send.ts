import type { SendOutcome } from "#shared/domain/outcome.ts";
import { hideToken, sortFailure } from "#shared/providers/outcomes.ts";
import type { SendCall } from "#shared/providers/provider.ts";
import { askMethod } from "./ask.ts";
import { buildMethod } from "./build-method.ts";
import { sortAnswer } from "./sort.ts";

/** One attempt; what Green API cannot do is refused without a call. */
export const send = async (call: SendCall): Promise<SendOutcome> => {
  const built = buildMethod(call.command, call.to);
  if ("refused" in built) return built.refused;
  try {
    return hideToken(sortAnswer(await askMethod(call, built)), call.account.token);
  } catch (error) {
    return sortFailure(error);
  }
};
