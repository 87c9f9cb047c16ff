import type { SendOutcome } from "#shared/domain/outcome.ts";
import { HttpFailure } from "#shared/providers/http-failure.ts";
import { hideToken, sortFailure } from "#shared/providers/outcomes.ts";
import type { SendCall } from "#shared/providers/provider.ts";
import { prepareMessage, type Prepared } from "./post-message.ts";

/** One attempt; what Wazzup cannot do is refused without a call. */
export const send = async (call: SendCall): Promise<SendOutcome> => {
  const { token } = call.account;
  const prepared = await prepare(call);
  if ("refused" in prepared) return hideToken(prepared.refused, token);
  try {
    return hideToken(await prepared.post(), token);
  } catch (error) {
    return sortFailure(error);
  }
};

/** Whatever fails before the message itself leaves it surely unsent. */
const prepare = async (call: SendCall): Promise<Prepared> => {
  try {
    return await prepareMessage(call);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { refused: { kind: "unreached", reason: error.message } };
  }
};
