import type { Bench } from "./bench.ts";
import type { Verdict } from "./check-replies.ts";
import { cpuPer, readCpu, type CpuMs, type Groups } from "./cpu-groups.ts";
import { exchange } from "./exchange.ts";
import type { Messages } from "./messages.ts";
import { percentile, round, steadyRate } from "./percentiles.ts";
import type { System } from "./system.ts";

/** Everything from the first post to the last reply, as fast as it goes. */
export interface LoadFigures {
  readonly messages: number;
  readonly perSecond: number;
  readonly steadyPerSecond: number;
  readonly acceptPerSecond: number;
  readonly acceptP50Ms: number;
  readonly acceptP99Ms: number;
  readonly cpuMsPerTurn: CpuMs;
  readonly verdict: Verdict;
}

interface Load {
  readonly system: System;
  readonly messages: Messages;
  readonly latencyMs: number;
}

/** Loads a system that is warm. */
export async function measureLoad(bench: Bench, load: Load): Promise<LoadFigures> {
  const groups = groupsOf(bench, load.system);
  const cpu: CpuMs[] = [];
  const look = async (): Promise<unknown> => cpu.push(readCpu(groups));
  const { posted, replies, verdict } = await exchange({ ...load, begin: look, end: look });
  const { count } = load.messages;
  const times = replies.map(({ at }) => at);
  const ms = max(times) - Math.min(...posted.sentAt.slice(0, 50));
  return {
    messages: count,
    perSecond: round((replies.length * 1000) / ms),
    steadyPerSecond: round(steadyRate(times)),
    acceptPerSecond: round((count * 1000) / posted.ms),
    acceptP50Ms: round(percentile(posted.tookMs, 0.5), 1),
    acceptP99Ms: round(percentile(posted.tookMs, 0.99), 1),
    cpuMsPerTurn: cpuPer(cpu[0] ?? {}, cpu[1] ?? {}, count),
    verdict,
  };
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
