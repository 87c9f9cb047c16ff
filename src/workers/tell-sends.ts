import type { Teller } from "#shared/live/tell-changes.ts";
import type { Models } from "#shared/models/open-models.ts";

type Outgoing = Models["outgoing"];

/** The same queries; whoever watches hears of each send that they changed. */
export function tellSends(outgoing: Outgoing, tell: Teller): Outgoing {
  const told =
    <Rest extends unknown[], Answer>(change: (id: string, ...rest: Rest) => Promise<Answer>) =>
    async (id: string, ...rest: Rest): Promise<Answer> => {
      const answer = await change(id, ...rest);
      tell.send(id);
      return answer;
    };
  return {
    ...outgoing,
    settleSent: told(outgoing.settleSent),
    settleNegative: told(outgoing.settleNegative),
    markUnknown: told(outgoing.markUnknown),
    hold: told(outgoing.hold),
    raiseRank: told(outgoing.raiseRank),
    failByReceipt: told(outgoing.failByReceipt),
  };
}
