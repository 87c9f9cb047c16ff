import { z } from "zod";
import type { Bench } from "../bench.ts";
import { startHelper } from "../helper.ts";
import { median, percentile, round } from "../percentiles.ts";
import { buildMessages, postMessages } from "../post.ts";
import type { Posted } from "../posted.ts";
import { withSystem } from "../system.ts";

/** The API alone (no worker takes from its cores), next to Express that only reads the body. */
export interface AcceptFigures {
  readonly rounds: number;
  readonly ours: Rate;
  readonly bare: Rate;
  readonly ratio: number;
}

interface Rate {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Bare Express is so much faster that its rounds would else be too short. */
const bareTimes = 4;

export function measureAccept(bench: Bench): Promise<AcceptFigures> {
  const { seconds, conversations, isQuick } = bench.flags;
  const rounds = isQuick ? 3 : 5;
  const count = Math.round(seconds * 300);
  return withSystem(bench, { workers: 0, latencyMs: 0 }, async (system) => {
    const bareApp = startHelper(new URL("../bare-process.ts", import.meta.url));
    const { port } = await bareApp.ask("listen", {}, z.object({ port: z.number() }));
    const bare = { ...system, origin: `http://127.0.0.1:${port}` };
    const ours: Posted[] = [];
    const bares: Posted[] = [];
    // The first round of each warms up and is not counted.
    for (let pass = 0; pass <= rounds; pass += 1) {
      const messages = { from: pass * count, conversations };
      await buildMessages(system.driver, { ...messages, count });
      ours.push(await postMessages(system));
      await buildMessages(system.driver, { ...messages, count: count * bareTimes });
      bares.push(await postMessages(bare));
    }
    await bareApp.stop();
    const [own, other] = [rateOf(ours.slice(1)), rateOf(bares.slice(1))];
    return { rounds, ours: own, bare: other, ratio: round(own.perSecond / other.perSecond, 3) };
  });
}

/** Medians over the rounds, so that a neighbour's moment does not count. */
const rateOf = (rounds: readonly Posted[]): Rate => ({
  perSecond: round(median(rounds.map(({ ms, tookMs }) => (tookMs.length * 1000) / ms))),
  p50Ms: round(median(rounds.map(({ tookMs }) => percentile(tookMs, 0.5))), 1),
  p99Ms: round(median(rounds.map(({ tookMs }) => percentile(tookMs, 0.99))), 1),
});
