import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Cluster } from "./cluster.ts";
import { describeAct, describeStrike, type Act, type Harm, type Strike } from "./schedule.ts";
import { flushWhenEmpty, insist, stopWritesWhenEmpty } from "./webhooks-queue.ts";

const lookEveryMs = 50;
/** A busy queue gets so long to be empty once; then the generator pauses for a moment. */
const patienceMs = 5000;
const slowMs = 150;

interface Nemesis {
  /** Acts that were done, in the order of their ends. */
  readonly done: readonly Act[];
  readonly lastEndedAt: number;
}

const progressSchema = z.object({ acknowledged: z.number(), isDone: z.boolean() });

/**
 * Strikes by the schedule until the generator is done. Acts may overlap, but for those on one target.
 */
export async function runNemesis(
  cluster: Cluster,
  schedule: readonly Strike[],
  say: (line: string) => void,
): Promise<Nemesis> {
  const done: Act[] = [];
  const lanes = new Map<string, Promise<void>>();
  const left = [...schedule];
  const start = (strike: Strike): void => {
    const target = targetOf(strike.act);
    const run = async (): Promise<void> => {
      await lanes.get(target);
      say(describeStrike(strike));
      await perform(cluster, strike.act);
      done.push(strike.act);
      say(`  over: ${describeAct(strike.act)}`);
    };
    lanes.set(target, run());
  };
  for (;;) {
    const { acknowledged, isDone } = await cluster.generator.ask("progress", {}, progressSchema);
    while (left[0] !== undefined && left[0].at <= acknowledged) {
      const [next] = left.splice(0, 1);
      if (next !== undefined) start(next);
    }
    if (isDone && left.length === 0) break;
    await Promise.race([
      wait(lookEveryMs),
      Promise.all(lanes.values()).then(() => wait(lookEveryMs)),
    ]);
  }
  await Promise.all(lanes.values());
  return { done, lastEndedAt: Date.now() };
}

/** Redis's data is its process's, too. */
function targetOf(act: Act): string {
  if (act.kind === "kill" || act.kind === "zombie") return act.target;
  if (act.kind === "wire") return `wire ${act.wire}`;
  return act.kind === "mongodb" ? act.kind : "redis";
}

async function perform(cluster: Cluster, act: Act): Promise<void> {
  switch (act.kind) {
    case "kill":
      if (act.target === "redis") return killRedis(cluster, act.awayMs);
      return cluster.processes.get(act.target)?.kill(act.awayMs);
    case "zombie":
      return cluster.processes.get(act.target)?.freeze(act.ms);
    case "mongodb":
      await cluster.mongoControl.kill();
      await wait(act.awayMs);
      return cluster.mongoControl.start();
    case "flushall":
      return whenNothingWaits(cluster, () => flushWhenEmpty(cluster.redis, cluster.name));
    case "aof cut":
      await whenNothingWaits(cluster, () => stopWritesWhenEmpty(cluster.redis, cluster.name));
      return killRedis(cluster, 0, act.seconds);
    case "wire":
      harm(cluster, act.wire, act.harm);
      await wait(act.ms);
      return cluster.wires[act.wire].resume();
  }
}

/** Promise 1: what only Redis holds does not survive the loss of its data, so nothing may wait there. */
async function whenNothingWaits(
  { generator }: Cluster,
  act: () => Promise<boolean>,
): Promise<void> {
  try {
    await insist(act, AbortSignal.timeout(patienceMs));
    return;
  } catch {
    await generator.ask("pause", {}, z.undefined());
  }
  try {
    await insist(act, AbortSignal.timeout(patienceMs * 12));
  } finally {
    await generator.ask("resume", {}, z.undefined());
  }
}

async function killRedis(
  { redisControl, redis }: Cluster,
  awayMs: number,
  cutSeconds?: number,
): Promise<void> {
  const killedAt = Math.floor(Date.now() / 1000);
  await redisControl.kill();
  await wait(awayMs);
  if (cutSeconds !== undefined) await redisControl.cutBack?.(killedAt - cutSeconds);
  await redisControl.start();
  await stampAof(redis);
}

/** `redis-check-aof` finds a second in the append-only file by these marks. */
export const stampAof = async (redis: Cluster["redis"]): Promise<void> =>
  void (await redis.config("SET", "aof-timestamp-enabled", "yes"));

function harm({ wires }: Cluster, wire: keyof Cluster["wires"], what: Harm): void {
  const proxy = wires[wire];
  if (what === "slow") proxy.slow(slowMs);
  else if (what === "cut") proxy.cut();
  else if (what === "frozen") proxy.freeze();
  else proxy.loseAnswers();
}
