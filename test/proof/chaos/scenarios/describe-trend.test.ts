import { expect, test } from "vitest";
import { describeTrend } from "./describe-trend.ts";

const minute = 60_000;
const grow = (perMinute: number) =>
  Array.from({ length: 30 }, (_, index) => ({
    at: 1_800_000_000_000 + index * minute,
    value: 100 + index * perMinute,
  }));

test("what grows is told with its slope, its beginning and its end", () => {
  const { first, last, perTenMinutes } = describeTrend(grow(2));

  expect(perTenMinutes).toBeCloseTo(20);
  expect([first, last]).toEqual([108, 148]);
});

test("what stays has no slope, one outlier apart", () => {
  const points = grow(0).map((point, index) => (index === 4 ? { ...point, value: 900 } : point));

  expect(describeTrend(points)).toMatchObject({ first: 100, last: 100 });
  expect(describeTrend(grow(0)).perTenMinutes).toBe(0);
});
