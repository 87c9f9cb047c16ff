import { round } from "./percentiles.ts";

interface Rate {
  readonly steadyPerSecond: number;
}

/** Each with its rate as a multiple of the smallest one's. */
export function withRatios<Row extends Rate>(rows: readonly Row[], sizeOf: (row: Row) => number) {
  const smallest = rows.toSorted((a, b) => sizeOf(a) - sizeOf(b))[0];
  const base = smallest?.steadyPerSecond ?? Number.NaN;
  return rows.map((row) => ({ ...row, ratio: round(row.steadyPerSecond / base, 2) }));
}
