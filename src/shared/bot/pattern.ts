import { RE2JS } from "re2js";
import { maxPatternLength, maxPatternSize } from "#shared/bot/limits.ts";

/**
 * Compiles a user's pattern with RE2, which runs in linear time; letter case does not count.
 * Throws with the reason when the pattern is wrong or would cost too much.
 */
export const compilePattern = (pattern: string): ((text: string) => boolean) => {
  if (pattern.length > maxPatternLength) {
    throw new Error(`the pattern has more than ${maxPatternLength} letters`);
  }
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  if (compiled.programSize() > maxPatternSize) {
    throw new Error("the pattern is too costly: use smaller repeat counts");
  }
  return (text) => compiled.test(text);
};
