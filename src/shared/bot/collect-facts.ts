import type { Facts } from "#shared/bot/interpolate.ts";
import type { Variables } from "#shared/bot/keep-variables.ts";
import type { BotEffect, ContactFacts, Said } from "#shared/domain/session.ts";

interface Known {
  readonly contact: ContactFacts;
  readonly input: Said;
  readonly variables: Variables;
  readonly effects: readonly BotEffect[];
}

/** What `{{…}}` may name. A field or tag that this turn gives the customer counts at once. */
export const collectFacts = ({ contact, input, variables, effects }: Known): Facts => {
  const metadata = { ...contact.fields, ...collectSaved(effects) };
  const { name, phone } = contact;
  const customer = {
    ...metadata,
    ...(name !== undefined && { name }),
    ...(phone !== undefined && { phone }),
    tags: collectTags(contact.tags ?? [], effects).join(", "),
    metadata,
  };
  return { ...variables, vars: variables, user_input: input.text, customer, contact: customer };
};

const collectSaved = (effects: readonly BotEffect[]): Variables =>
  Object.fromEntries(
    effects.flatMap((effect) => (effect.kind === "save" ? [[effect.field, effect.value]] : [])),
  );

const collectTags = (tags: readonly string[], effects: readonly BotEffect[]): readonly string[] => {
  const kept = new Set(tags);
  for (const effect of effects) {
    if (effect.kind !== "tag") continue;
    if (effect.remove === true) kept.delete(effect.tag);
    else kept.add(effect.tag);
  }
  return [...kept];
};
