import { clip } from "#shared/bot/clip.ts";
import { maxRenderedLength } from "#shared/bot/limits.ts";

/** What `{{a.b}}` may name. Only a string is ever inserted. */
export interface Facts {
  readonly [name: string]: string | Facts | undefined;
}

/** The bounded inside keeps the search linear in the template. */
export const placeholder = /\{\{([^{}]{0,200})\}\}/g;

/**
 * Fills `{{path}}` in from own properties, in one pass: inserted text is never expanded again.
 * What is not known becomes nothing. Logic-less, plain text, no escaping.
 */
export const interpolate = (template: string, facts: Facts): string => {
  const source = clip(template, maxRenderedLength);
  let text = "";
  let from = 0;
  for (const found of source.matchAll(placeholder)) {
    text += source.slice(from, found.index) + lookUp(facts, found[1] ?? "");
    from = found.index + found[0].length;
    if (text.length >= maxRenderedLength) break;
  }
  return clip(text + source.slice(from), maxRenderedLength);
};

const lookUp = (facts: Facts, path: string): string => {
  let value: string | Facts | undefined = facts;
  for (const name of path.trim().split(".")) {
    if (typeof value !== "object" || !Object.hasOwn(value, name)) return "";
    value = value[name];
  }
  return typeof value === "string" ? value : "";
};
