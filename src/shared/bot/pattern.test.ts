import { expect, test } from "vitest";
import { compilePattern } from "#shared/bot/pattern.ts";

test("a pattern is found anywhere in the text, in either case, Cyrillic too", () => {
  const matches = compilePattern("ДА|yes");

  expect(["ну да!", "Yes", "нет"].map(matches)).toEqual([true, true, false]);
});

test("a wrong, long or costly pattern is refused with the reason", () => {
  expect(() => compilePattern("(a")).toThrow(/missing closing/);
  expect(() => compilePattern("(?=a)b")).toThrow(/unsupported/);
  expect(() => compilePattern("a".repeat(513))).toThrow(/more than 512/);
  expect(() => compilePattern("(a?){1000}a{1000}$")).toThrow(/too costly/);
});

test("patterns that hang a backtracking engine answer at once", () => {
  const hostile = ["(a+)+$", "(a|aa)+$", "(.*a){90}$", "([a-z]+)*x", `${"a?".repeat(250)}y`];
  const text = `${"a".repeat(4095)}!`;

  for (const pattern of hostile) {
    const matches = compilePattern(pattern);
    const started = performance.now();

    matches(text);

    expect(performance.now() - started).toBeLessThan(1000);
  }
});
