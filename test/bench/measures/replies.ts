import type { Bench } from "../bench.ts";
import type { Verdict } from "../check-replies.ts";
import { cpuPer, readCpu, type CpuMs, type Groups } from "../cpu-groups.ts";
import { exchange } from "../exchange.ts";
import { percentile, round, steadyRate } from "../percentiles.ts";
import { withSystem, type System } from "../system.ts";

/** Everything from the first post to the last reply, as fast as it goes. */
export interface RepliesFigures {
  readonly workers: number;
  readonly latencyMs: number;
  readonly messages: number;
  readonly perSecond: number;
  readonly steadyPerSecond: number;
  readonly acceptPerSecond: number;
  readonly acceptP50Ms: number;
  readonly acceptP99Ms: number;
  readonly cpuMsPerTurn: CpuMs;
  readonly verdict: Verdict;
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
  const count = Math.round(seconds * 1000);
  return withSystem(bench, { workers, latencyMs }, async (system) => {
    const groups = groupsOf(bench, system);
    const from = warmUp;
    await exchange({ system, latencyMs, messages: { from: 0, count: warmUp, conversations } });
    const cpu: CpuMs[] = [];
    const look = async (): Promise<unknown> => cpu.push(readCpu(groups));
    const messages = { from, count, conversations };
    const done = await exchange({ system, latencyMs, messages, begin: look, end: look });
    const { posted, replies, verdict } = done;
    const times = replies.map(({ at }) => at);
    const ms = max(times) - Math.min(...posted.sentAt.slice(0, 50));
    const figures = {
      workers,
      latencyMs,
      messages: count,
      perSecond: round((replies.length * 1000) / ms),
      steadyPerSecond: round(steadyRate(times)),
      acceptPerSecond: round((count * 1000) / posted.ms),
      acceptP50Ms: round(percentile(posted.tookMs, 0.5), 1),
      acceptP99Ms: round(percentile(posted.tookMs, 0.99), 1),
      cpuMsPerTurn: cpuPer(cpu[0] ?? {}, cpu[1] ?? {}, count),
      verdict,
    };
    bench.say(`${workers} workers, ${latencyMs} ms: ${figures.perSecond} replies/s`);
    return figures;
  });
}

const groupsOf = (bench: Bench, { api, processes, provider, driver }: System): Groups => ({
  api: [api.pid],
  workers: processes.flatMap(({ role, pid }) => (role === "workers" ? [pid] : [])),
  ...bench.servers,
  provider: [provider.pid],
  driver: [driver.pid],
});

const max = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, value), 0);
