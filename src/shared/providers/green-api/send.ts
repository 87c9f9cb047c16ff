import { isMark } from "#shared/domain/command.ts";
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
    const answer = await askMethod(call, built);
    // A mark makes no message, so that its answer names none: https://green-api.com/en/docs/api/service/SendTyping/
    if (isMark(call.command) && answer.status === 200) return { kind: "sent" };
    return hideToken(sortAnswer(answer), call.account.token);
  } catch (error) {
    return sortFailure(error);
  }
};
