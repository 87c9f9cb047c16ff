import { hideToken, refuseCommand, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import type { Checked, SubscribeCall } from "#shared/providers/provider.ts";
import { askRoute } from "./ask.ts";
import { normalizeCode } from "./errors.ts";
import { codeOf, readFailure, sortAnswer } from "./sort.ts";

const longestUri = 200;

/**
 * Sets the account's one address, which takes the place of any other. Wazzup posts `{"test": true}` there
 * before it answers: https://wazzup24.com/help/webhooks/
 */
export const subscribe = async (call: SubscribeCall): Promise<Checked> => {
  const { url, answersCrm, account } = call;
  if (url.length > longestUri)
    return toChecked(refuseCommand(`the address has more than ${longestUri} characters`, shorten));
  const subscriptions = {
    messagesAndStatuses: true,
    contactsAndDealsCreation: answersCrm,
    channelsUpdates: true,
  };
  const json = { webhooksUri: url, subscriptions };
  try {
    const answer = await askRoute(call, { method: "PATCH", path: "/webhooks", json });
    if (answer.status >= 200 && answer.status < 300) return { state: "ok" };
    const advice = advices.get(normalizeCode(codeOf(readFailure(answer)) ?? ""));
    const outcome = hideToken(sortAnswer(answer), account.token);
    return toChecked(
      "advice" in outcome && advice !== undefined ? { ...outcome, advice } : outcome,
    );
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};

const shorten = "Use a shorter secret or host name.";

const advices: ReadonlyMap<string, string> = new Map([
  ["URINOTVALID", "The address must be a whole URL that Wazzup reaches from outside."],
  [
    "TESTPOSTNOTPASSED",
    "Wazzup's test POST got no 200: the address must be public, and what it proves be the channel's secret.",
  ],
]);
