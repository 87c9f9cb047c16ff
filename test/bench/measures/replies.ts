import type { Bench } from "../bench.ts";
import { exchange } from "../exchange.ts";
import { measureLoad, type LoadFigures } from "../load.ts";
import { withSystem } from "../system.ts";

export interface RepliesFigures extends LoadFigures {
  readonly workers: number;
  readonly latencyMs: number;
}

const warmUp = 300;

/** By default 1, 2 and 4 workers, each with a provider that answers at once and after 100 ms. */
export async function measureReplies(bench: Bench): Promise<readonly RepliesFigures[]> {
  const { workers, latenciesMs } = bench.flags;
  const figures: RepliesFigures[] = [];
  for (const latencyMs of latenciesMs)
    for (const count of workers) figures.push(await measureOne(bench, count, latencyMs));
  return figures;
}

function measureOne(bench: Bench, workers: number, latencyMs: number): Promise<RepliesFigures> {
  const { seconds, conversations } = bench.flags;
  return withSystem(bench, { workers, latencyMs }, async (system) => {
    await exchange({ system, latencyMs, messages: { from: 0, count: warmUp, conversations } });
    const messages = { from: warmUp, count: Math.round(seconds * 1000), conversations };
    const figures = await measureLoad(bench, { system, messages, latencyMs });
    bench.say(`${workers} workers, ${latencyMs} ms: ${figures.perSecond} replies/s`);
    return { workers, latencyMs, ...figures };
  });
}
