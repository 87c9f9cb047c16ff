import { matchChoice } from "#shared/bot/match-choice.ts";
import type { Choice, LeaveStep, NodeContext, NodeStep } from "#shared/bot/node.ts";
import { askAgain, type Patience } from "#shared/bot/patience.ts";
import type { BotEffect, Said } from "#shared/domain/session.ts";

export interface Offer {
  readonly data: Patience & { readonly saveAs?: string | undefined };
  readonly choices: readonly Choice[];
  /** Offers the choices again, under another text where there is one. */
  readonly ask: (text: string | undefined) => readonly BotEffect[];
}

/**
 * The way out of a node that offered choices. What is none of them takes the plain edge at once;
 * where an edge "invalid" leaves the node, or there is no plain one, the choices are offered again.
 */
export const choose = (offer: Offer, said: Said, context: NodeContext): NodeStep => {
  const shown = offer.choices.map(({ id, label }) => ({
    id,
    label: context.render(label),
    name: label,
  }));
  const chosen = matchChoice(shown, said);
  if (chosen !== undefined) return take(offer, chosen, context);
  const { data, ask } = offer;
  if (context.leads("invalid")) return askAgain(data, context, { said, ask });
  if (context.leads()) return { next: undefined, effects: [] };
  return askAgain({ ...data, attempts: Infinity }, context, { said, ask });
};

interface Chosen extends Choice {
  /** The label as the author wrote it, which an edge may carry. */
  readonly name: string;
}

/** The edge by id goes before the edge by label: a "1" may be another choice's label. */
const take = ({ data }: Offer, { id, label, name }: Chosen, context: NodeContext): LeaveStep => {
  const next = [id, name].find((edge) => context.leads(edge));
  const { saveAs } = data;
  if (saveAs === undefined) return { next, input: label, effects: [] };
  const effects = [{ kind: "save", field: saveAs, value: label } as const];
  return { next, input: label, effects, variables: { [saveAs]: label } };
};
