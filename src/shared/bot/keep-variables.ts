import { clip } from "#shared/bot/clip.ts";
import { maxVariableLength, maxVariables } from "#shared/bot/limits.ts";

export type Variables = Readonly<Record<string, string>>;

/** Adds variables within a session's limits: values are cut, new names beyond the limit are dropped. */
export const keepVariables = (old: Variables, added: Variables): Variables => {
  const kept = Object.entries({ ...old, ...added }).slice(0, maxVariables);
  return Object.fromEntries(kept.map(([name, value]) => [name, clip(value, maxVariableLength)]));
};
