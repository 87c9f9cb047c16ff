import { QueueEvents } from "bullmq";
import { setTimeout as wait } from "node:timers/promises";
import { percentile, round } from "../../../bench/percentiles.ts";
import type { Cluster } from "../cluster.ts";
import { queueNames } from "../../../../src/shared/queues/queues.ts";
import { tellVerdict, type Given, type Proof, type Scenario } from "./scenario.ts";
import { readAccepts } from "./timeline.ts";
import { endLoad, underLoad } from "./under-load.ts";

const perSecond = 200;
const rounds = 20;
const plenty = 1_000_000;
const always = { from: 0, to: Infinity };
/** Production's own: a job stalls when its lock is not renewed for so long. */
const lockTimes = { LOCK_MS: "15000", STALLED_EVERY_MS: "5000" };
const settleMs = 3000;
/** A lock and two looks. */
const stallMs = 25_000;
/** What production gives a process to end. */
const mostStopMs = 25_000;

interface Restarts {
  readonly rounds: number;
  readonly api: readonly number[];
  readonly worker: readonly number[];
  readonly stalled: number;
}

async function run(given: Given): Promise<Proof> {
  const { folder } = given;
  const load = { messages: plenty, conversations: 1000, perSecond };
  const { struck, verdict, isWhole, crashes } = await underLoad(
    given,
    { load, settings: lockTimes },
    (cluster, begin) => restartInTurn(given, cluster, begin),
  );
  const [accepts] = await readAccepts(folder, [always]);
  const stops = [...struck.api, ...struck.worker];
  const ok =
    isWhole &&
    struck.rounds > 0 &&
    struck.stalled === 0 &&
    crashes === 0 &&
    accepts?.not200 === 0 &&
    percentile(stops, 1) <= mostStopMs;
  const figures = {
    rounds: struck.rounds,
    restarts: stops.length,
    posts: accepts?.posts ?? 0,
    connectionResets: accepts?.resets ?? 0,
    not200: accepts?.not200 ?? 0,
    stalledJobs: struck.stalled,
    crashes,
    apiStopP50Ms: round(percentile(struck.api, 0.5)),
    apiStopMaxMs: round(percentile(struck.api, 1)),
    workerStopP50Ms: round(percentile(struck.worker, 0.5)),
    workerStopMaxMs: round(percentile(struck.worker, 1)),
    acceptP99Ms: accepts?.p99Ms ?? 0,
    acceptMaxMs: accepts?.maxMs ?? 0,
    ...tellVerdict(verdict),
  };
  return { ok, figures, examples: verdict.examples };
}

/** Every process in turn, one after another, as a deployment does; again and again. */
async function restartInTurn(
  { services, seconds, say }: Given,
  cluster: Cluster,
  begin: () => Promise<void>,
): Promise<Restarts> {
  const stalls = await listenToStalls(services.redisUrl, cluster.name);
  const stops: Record<"api" | "worker", number[]> = { api: [], worker: [] };
  const until = Date.now() + seconds * 1000;
  let done = 0;
  await begin();
  await wait(settleMs);
  for (; done < rounds && Date.now() < until; done += 1) {
    for (const supervised of cluster.processes.values()) {
      const ms = await supervised.halt();
      stops[supervised.name.startsWith("api") ? "api" : "worker"].push(ms);
      await supervised.resume();
    }
    say(`round ${done + 1} is over`);
  }
  await wait(settleMs);
  await endLoad(cluster);
  // A job that nobody renews stalls one lock later.
  await wait(stallMs);
  return { rounds: done, ...stops, stalled: await stalls.end() };
}

/** Counted by BullMQ's own events, not by what our processes say. */
async function listenToStalls(redisUrl: string, prefix: string) {
  let stalled = 0;
  const listeners = queueNames.map(
    (name) => new QueueEvents(name, { connection: { url: redisUrl }, prefix }),
  );
  for (const listener of listeners) {
    listener.on("stalled", () => (stalled += 1));
    await listener.waitUntilReady();
  }
  return {
    end: async (): Promise<number> => {
      await Promise.all(listeners.map((listener) => listener.close()));
      return stalled;
    },
  };
}

export const rollingRestarts: Scenario = {
  claim:
    "20 rolling restarts of every process under 200 messages/s: 0 connection resets, 0 stalled jobs",
  alone: { messages: 0, seconds: 900 },
  together: { messages: 0, seconds: 60 },
  run,
};
