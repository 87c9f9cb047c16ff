import type { Bench } from "../bench.ts";
import type { Verdict } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { percentile, round } from "../percentiles.ts";
import { replyTimes } from "../reply-times.ts";
import { withSystem } from "../system.ts";

/** From the post until the reply is at the provider, at a rate that nothing queues at. */
export interface LatencyFigures {
  readonly perSecond: number;
  readonly messages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly acceptP50Ms: number;
  readonly acceptP99Ms: number;
  readonly verdict: Verdict;
}

const perSecond = 50;
const latencyMs = 0;

export function measureLatency(bench: Bench): Promise<LatencyFigures> {
  const { seconds, conversations } = bench.flags;
  const from = perSecond * 2;
  const count = Math.round(seconds * perSecond);
  return withSystem(bench, { workers: 1, latencyMs }, async (system) => {
    const warmUp = { from: 0, count: from, conversations };
    await exchange({ system, latencyMs, messages: warmUp, perSecond });
    const messages = { from, count, conversations };
    const { posted, replies, verdict } = await exchange({ system, latencyMs, messages, perSecond });
    const took = replyTimes(replies, messages, posted);
    return {
      perSecond,
      messages: count,
      p50Ms: round(percentile(took, 0.5), 1),
      p99Ms: round(percentile(took, 0.99), 1),
      acceptP50Ms: round(percentile(posted.tookMs, 0.5), 1),
      acceptP99Ms: round(percentile(posted.tookMs, 0.99), 1),
      verdict,
    };
  });
}
