import { countEdits } from "#shared/bot/count-edits.ts";
import { fold } from "#shared/bot/fold.ts";
import type { Choice } from "#shared/bot/node.ts";
import { spellPlain } from "#shared/bot/spell-plain.ts";
import type { Said } from "#shared/domain/session.ts";

/**
 * The choice that an answer means: by payload, by label, by number, or by a label that is almost
 * the same. What could mean two of them means none.
 */
export const matchChoice = <Offered extends Choice>(
  choices: readonly Offered[],
  { payload, text }: Said,
): Offered | undefined => {
  const said = fold(text);
  const plain = spellPlain(text);
  return (
    choices.find(({ id }) => id === payload) ??
    choices.find(({ label }) => said !== "" && fold(label) === said) ??
    findOnly(choices, ({ label }) => plain !== "" && spellPlain(label) === plain) ??
    choices.find((_, index) => String(index + 1) === plain) ??
    findOnly(choices, ({ label }) => isAlmost(plain, spellPlain(label)))
  );
};

const findOnly = <Item>(
  items: readonly Item[],
  fits: (item: Item) => boolean,
): Item | undefined => {
  const found = items.filter(fits);
  return found.length === 1 ? found[0] : undefined;
};

const isAlmost = (said: string, label: string): boolean => {
  const most = countForgiven(label.length);
  if (most === 0 || Math.abs(said.length - label.length) > most) return false;
  return countEdits(said, label) <= most;
};

/** In short words one letter makes another word; comparing long texts costs the square of their length. */
const countForgiven = (length: number): number => {
  if (length < 4 || length > 100) return 0;
  return length < 7 ? 1 : 2;
};
