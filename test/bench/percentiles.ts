/** The value that `share` of all values do not exceed (nearest rank); NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Events a second between the first and the last tenth: without the run's beginning and end. */
export function steadyRate(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const from = Math.floor(sorted.length * 0.1);
  const to = Math.ceil(sorted.length * 0.9) - 1;
  const ms = (sorted[to] ?? 0) - (sorted[from] ?? 0);
  return ms > 0 ? ((to - from) * 1000) / ms : 0;
}

/** To so many digits after the point, as a number. */
export const round = (value: number, digits = 0): number => Number(value.toFixed(digits));
