import { median } from "../../../bench/percentiles.ts";

export interface Trend {
  /** Medians of the first and the last third. */
  readonly first: number;
  readonly last: number;
  /** By least squares. */
  readonly perTenMinutes: number;
}

interface Point {
  /** Milliseconds. */
  readonly at: number;
  readonly value: number;
}

/** Where a measure came from, where it went, and how steeply. */
export function describeTrend(points: readonly Point[]): Trend {
  const third = Math.max(1, Math.floor(points.length / 3));
  const values = points.map(({ value }) => value);
  return {
    first: median(values.slice(0, third)),
    last: median(values.slice(-third)),
    perTenMinutes: slope(points) * 600_000,
  };
}

function slope(points: readonly Point[]): number {
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [at, value] = [mean((point) => point.at), mean((point) => point.value)];
  const spread = mean((point) => (point.at - at) ** 2);
  return spread === 0 ? 0 : mean((point) => (point.at - at) * (point.value - value)) / spread;
}
