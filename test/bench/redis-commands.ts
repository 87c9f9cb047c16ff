import type { Redis } from "ioredis";
import { round } from "./percentiles.ts";

/** How often the server ran each command until now, those inside scripts included. */
export async function readCommandCalls(redis: Redis): Promise<ReadonlyMap<string, number>> {
  const text = await redis.info("commandstats");
  return new Map(
    [...text.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(([, name = "", calls]) => [
      name,
      Number(calls),
    ]),
  );
}

/** Between two looks, divided by `turns`; the most frequent first. */
export function commandsRun(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  turns: number,
): Readonly<Record<string, number>> {
  const run = [...after].map(([name, calls]): [string, number] => [
    name,
    round((calls - (before.get(name) ?? 0)) / turns, 2),
  ]);
  return Object.fromEntries(
    run.filter(([, times]) => times >= 0.01).toSorted(([, a], [, b]) => b - a),
  );
}
