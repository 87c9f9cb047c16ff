import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../cluster.ts";
import { steadyRate } from "../../../bench/percentiles.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { readAccepts, readPassages, type Span } from "./timeline.ts";
import { endLoad, loadReaches, setPace, underLoad } from "./under-load.ts";

/** At this pace accepting is compared: an empty system, then one with the whole backlog. */
const comparedPerSecond = 200;
const comparedMs = 15_000;
const full = 1_000_000;
const underWay = 64;
/** Accepting is over when so much time has passed, however much it was. */
const mostAcceptMs = 1_200_000;
const mostIncrease = 1.2;
/** Below this a percentile of few milliseconds says more of the machine than of us. */
const leastMs = 25;

interface Struck {
  readonly empty: Span;
  readonly filling: Span;
  readonly loaded: Span;
  readonly drainedFrom: number;
  readonly accepted: number;
  readonly redisBytes: { readonly base: number; readonly loaded: number };
}

async function run(given: Given): Promise<Proof> {
  const { messages, folder } = given;
  const load = {
    // What is compared comes before and after.
    messages: messages + 10 * ((comparedPerSecond * comparedMs) / 1000),
    conversations: Math.max(100, Math.round(messages / 20)),
    perSecond: comparedPerSecond,
    underWay,
  };
  const { struck, verdict, isWhole, idleAt } = await underLoad(given, { load }, (cluster, begin) =>
    fill(given, cluster, begin),
  );
  const [empty, filling, loaded] = await readAccepts(folder, [
    struck.empty,
    struck.filling,
    struck.loaded,
  ]);
  const repliedAt = (await readPassages(folder)).flatMap(({ repliedAt: at }) =>
    at === undefined ? [] : [at],
  );
  const drainSeconds =
    (Math.max(struck.drainedFrom, ...tailOf(repliedAt)) - struck.drainedFrom) / 1000;
  const fillSeconds = (struck.filling.to - struck.filling.from) / 1000;
  const bound = Math.max(leastMs, (empty?.p99Ms ?? 0) * mostIncrease);
  const ok = isWhole && (loaded?.p99Ms ?? Infinity) <= bound && loaded?.not200 === 0;
  const figures = {
    backlog: struck.accepted,
    conversations: load.conversations,
    fillingPerSecond: Math.round((filling?.posts ?? 0) / fillSeconds),
    acceptP99MsEmpty: empty?.p99Ms ?? 0,
    acceptP99MsFilling: filling?.p99Ms ?? 0,
    acceptP99MsWithBacklog: loaded?.p99Ms ?? 0,
    acceptP99MsAllowed: Math.round(bound),
    redisMbBase: megabytes(struck.redisBytes.base),
    redisMbAboveBase: megabytes(struck.redisBytes.loaded - struck.redisBytes.base),
    drainSeconds: Math.round(drainSeconds),
    drainedPerSecond: Math.round(struck.accepted / drainSeconds),
    drainedPerSecondSteady: Math.round(steadyRate(repliedAt)),
    idle: idleAt !== undefined,
    ...tellVerdict(verdict),
  };
  return { ok, figures, examples: verdict.examples };
}

const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10;

/** The last one, without spreading a million numbers. */
const tailOf = (times: readonly number[]): readonly number[] => [
  times.reduce((latest, each) => Math.max(latest, each), 0),
];

async function fill(
  { messages, say }: Given,
  cluster: Cluster,
  begin: () => Promise<void>,
): Promise<Struck> {
  const workers = [...cluster.processes.values()].filter(({ name }) => name.startsWith("worker"));
  await Promise.all(workers.map((worker) => worker.halt()));
  const base = await usedMemory(cluster);
  await begin();
  const empty = await span(() => wait(comparedMs));
  await setPace(cluster, full);
  say("the empty system is measured; filling");
  const filling = await span(() => loadReaches(cluster, messages, Date.now() + mostAcceptMs));
  await setPace(cluster, comparedPerSecond);
  await wait(2000);
  say("filled");
  const loaded = await span(() => wait(comparedMs));
  await endLoad(cluster);
  await loadReaches(cluster, Infinity);
  const held = { base, loaded: await usedMemory(cluster) };
  const accepted = await cluster.database
    .collection("webhooks")
    .countDocuments({ sweepAt: { $exists: true } });
  say(`${accepted} wait; the workers come back`);
  const drainedFrom = Date.now();
  await Promise.all(workers.map((worker) => worker.resume()));
  await drained(cluster, say);
  return { empty, filling, loaded, drainedFrom, accepted, redisBytes: held };
}

async function span(work: () => Promise<unknown>): Promise<Span> {
  const from = Date.now();
  await work();
  return { from, to: Date.now() };
}

const lookEveryMs = 2000;
const sayEveryMs = 30_000;

/** Until nothing is left, or no longer gets less. */
async function drained({ database }: Cluster, say: Given["say"]): Promise<void> {
  const stuckMs = 120_000;
  let least = Infinity;
  let leastAt = Date.now();
  let saidAt = Date.now();
  while (Date.now() - leastAt < stuckMs) {
    const left = await database
      .collection("webhooks")
      .countDocuments({ sweepAt: { $exists: true } });
    if (left === 0) return;
    if (left < least) {
      least = left;
      leastAt = Date.now();
    }
    if (Date.now() - saidAt > sayEveryMs) {
      say(`  ${left} left`);
      saidAt = Date.now();
    }
    await wait(lookEveryMs);
  }
}

async function usedMemory({ redis }: Cluster): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await redis.info("memory"))?.[1]);
}

export const backlog: Scenario = {
  claim: "a backlog costs Redis little and accepting nothing, and is worked off to the end",
  alone: { messages: 1_000_000, seconds: 0 },
  together: { messages: 20_000, seconds: 0 },
  run,
};
