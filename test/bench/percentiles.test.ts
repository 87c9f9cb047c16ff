import { expect, test } from "vitest";
import { median, percentile, steadyRate } from "./percentiles.ts";

test("a percentile is a value that was measured", () => {
  const values = [5, 1, 4, 2, 3];

  expect(percentile(values, 0.99)).toBe(5);
  expect(percentile(values, 0.2)).toBe(1);
  expect(median(values)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});

test("the steady rate ignores a slow beginning and a slow end", () => {
  const middle = Array.from({ length: 100 }, (_, index) => 10_000 + index * 10);

  expect(steadyRate([0, ...middle, 60_000])).toBeCloseTo(100, 0);
});
