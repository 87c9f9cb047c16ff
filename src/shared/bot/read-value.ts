import { z } from "zod";
import { matchChoice } from "#shared/bot/match-choice.ts";
import type { Choice } from "#shared/bot/node.ts";
import { compilePattern } from "#shared/bot/pattern.ts";
import { readDate } from "#shared/bot/read-date.ts";
import type { Said } from "#shared/domain/session.ts";

/** What a question takes for an answer, in the form in which it is kept; undefined: not an answer. */
export type ReadValue = (said: Said, now: number) => string | undefined;

export const valueKinds = [
  "text",
  "number",
  "phone",
  "email",
  "date",
  "choice",
  "pattern",
] as const;

export interface ValueRule {
  readonly validate?: (typeof valueKinds)[number] | undefined;
  readonly pattern?: string | undefined;
  readonly choices: readonly Choice[];
}

/** Without `validate` any words are an answer. Throws where the pattern is wrong. */
export const createReader = ({ validate, pattern = "", choices }: ValueRule): ReadValue => {
  switch (validate) {
    case undefined:
      return ({ text }) => text;
    case "text":
      return ({ text }) => text.trim() || undefined;
    case "number":
      return ({ text }) => readNumber(text);
    case "phone":
      return ({ text }) => readPhone(text);
    case "email":
      return ({ text }) => z.email().safeParse(text.trim()).data;
    case "date":
      return ({ text }, now) => readDate(text, now);
    case "choice":
      return (said) => matchChoice(choices, said)?.label;
    case "pattern":
    default:
      return createPatternReader(pattern);
  }
};

const createPatternReader = (pattern: string): ReadValue => {
  const fits = compilePattern(pattern);
  return ({ text }) => (fits(text.trim()) ? text.trim() : undefined);
};

/** Groups apart by spaces, the fraction by a full stop or a comma: "1 500,50" is 1500.5. */
export const readNumber = (text: string): string | undefined => {
  const digits = text.replaceAll(/[\s_']/g, "").replace(",", ".");
  return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(digits) ? String(Number(digits)) : undefined;
};

/** Digits, after a + where the country was given; which country it is otherwise nobody can tell. */
const readPhone = (text: string): string | undefined => {
  const digits = text.replaceAll(/[\s().-]/g, "").replace(/^00/, "+");
  return /^\+?\d{7,15}$/.test(digits) ? digits : undefined;
};
