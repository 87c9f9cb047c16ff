import { setTimeout as wait } from "node:timers/promises";
import { round } from "../../../bench/percentiles.ts";
import type { Cluster } from "../cluster.ts";
import { describeTrend, type Trend } from "./describe-trend.ts";
import { opsPassword, readSample, type Sample } from "./read-sample.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { endLoad, underLoad } from "./under-load.ts";

const perSecond = 150;
const longestWarmUpSeconds = 300;
/** A heap takes minutes to find its size: before that its growth says nothing, and is told alone. */
const leastJudgedSeconds = 900;
const fewestSamples = 12;
const plenty = 100_000_000;

/** From the first third to the last: what a measure may grow by, as a share and beyond it. */
interface Bound {
  readonly share: number;
  readonly beyond: number;
}
const bounds: ReadonlyMap<string, Bound> = new Map([
  ["rssMb", { share: 0.1, beyond: 10 }],
  ["heapMb", { share: 0.1, beyond: 10 }],
  // A few more connections to the provider, where it was slow for a moment.
  ["fileDescriptors", { share: 0, beyond: 20 }],
  ["redisKeys", { share: 0.1, beyond: 100 }],
  ["redisMb", { share: 0.1, beyond: 5 }],
  ["mongodbConnections", { share: 0, beyond: 10 }],
]);
const memory: ReadonlySet<string> = new Set(["rssMb", "heapMb"]);

async function run(given: Given): Promise<Proof> {
  const { seconds } = given;
  const warmUpSeconds = Math.min(longestWarmUpSeconds, Math.round(seconds / 3));
  const load = { messages: plenty, conversations: 1000, perSecond };
  const { struck, verdict, isWhole, crashes } = await underLoad(
    given,
    { load, settings: { OPS_PASSWORD: opsPassword } },
    async (cluster, begin) => {
      await begin();
      await wait(warmUpSeconds * 1000);
      const samples = await takeSamples(given, cluster);
      await endLoad(cluster);
      return samples;
    },
  );
  const trends = struck.map(({ name, points }) => ({ name, trend: describeTrend(points) }));
  const growing = trends.filter(({ name, trend }) => !isFlat(name, trend)).map(({ name }) => name);
  const isLong = seconds >= leastJudgedSeconds;
  const judged = growing.filter((name) => isLong || !memory.has(kindOf(name)));
  const ok = isWhole && crashes === 0 && judged.length === 0;
  const figures = {
    messages: verdict.acknowledged,
    perSecond,
    seconds,
    warmUpSeconds,
    samples: struck[0]?.points.length ?? 0,
    ...Object.fromEntries(trends.map(({ name, trend }) => [name, tellTrend(trend)])),
    memoryJudged: isLong,
    growing: growing.join(", "),
    crashes,
    ...tellVerdict(verdict),
  };
  return { ok, figures, examples: verdict.examples };
}

interface Series {
  /** The measure, then whose it is. */
  readonly name: string;
  readonly points: readonly { readonly at: number; readonly value: number }[];
}

async function takeSamples(
  { seconds, services, say }: Given,
  cluster: Cluster,
): Promise<readonly Series[]> {
  const everyMs = Math.min(10_000, (seconds * 1000) / fewestSamples);
  const until = Date.now() + seconds * 1000;
  const samples: { readonly at: number; readonly sample: Sample }[] = [];
  while (Date.now() < until) {
    const at = Date.now();
    samples.push({ at, sample: await readSample(cluster, services.mongodbUri) });
    if (samples.length % 30 === 0) say(`${samples.length} samples`);
    await wait(everyMs);
  }
  const names = Object.keys(samples[0]?.sample ?? {});
  return names.map((name) => ({
    name,
    points: samples.map(({ at, sample }) => ({ at, value: sample[name] ?? 0 })),
  }));
}

const kindOf = (name: string): string => name.split(" ")[0] ?? "";

function isFlat(name: string, { first, last }: Trend): boolean {
  const { share, beyond } = bounds.get(kindOf(name)) ?? { share: 0, beyond: 0 };
  return last <= first * (1 + share) + beyond;
}

const tellTrend = ({ first, last, perTenMinutes }: Trend): string =>
  `${round(first, 1)} → ${round(last, 1)} (${perTenMinutes >= 0 ? "+" : ""}${round(perTenMinutes, 2)} in 10 min)`;

export const soak: Scenario = {
  claim:
    "at a steady 150/s memory, file descriptors, Redis keys and MongoDB connections stay flat: from the first third to the last nothing grows by more than 10 % (memory: judged from 15 minutes on)",
  alone: { messages: 0, seconds: 1800 },
  together: { messages: 0, seconds: 150 },
  run,
};
