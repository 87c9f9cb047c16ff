import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../cluster.ts";
import { tellVerdict, type Given, type Proof } from "./scenario.ts";
import { describeReplies, drainedAfterMs, readAccepts, readPassages } from "./timeline.ts";
import { underLoad } from "./under-load.ts";

const usualPerSecond = 200;
const warmUpSeconds = 10;
/** The load goes on: what waited is worked off beside it. */
const afterSeconds = 35;

/** Production's own: how soon it drains is a question of these. */
const sweeperTimes = {
  SWEEP_EVERY_MS: "5000",
  SWEEP_AFTER_MS: "10000",
  SWEEP_ALONE_AFTER_MS: "60000",
};

export interface Outage {
  /** Without it mostly one message each: no later one makes up for a wake that was lost. */
  readonly conversations?: number;
  readonly limits?: { readonly acceptP99Ms: number; readonly drainedMs: number };
  readonly begin: (cluster: Cluster) => Promise<void>;
  readonly end: (cluster: Cluster) => Promise<void>;
}

/** What is promised of Redis. */
export const redisLimits = { acceptP99Ms: 1000, drainedMs: 30_000 };

/** A server away for `seconds` under a steady load that does not know of it. */
export async function proveOutage(given: Given, outage: Outage): Promise<Proof> {
  const { folder, seconds, say } = given;
  const loadSeconds = warmUpSeconds + seconds + afterSeconds;
  const messages = given.messages === 0 ? usualPerSecond * loadSeconds : given.messages;
  const perSecond = messages / loadSeconds;
  const load = { messages, conversations: outage.conversations ?? messages * 2, perSecond };
  const { struck, startedAt, verdict, isWhole, idleAt, crashes } = await underLoad(
    given,
    { load, settings: sweeperTimes },
    async (cluster, beginLoad) => {
      await beginLoad();
      await wait(warmUpSeconds * 1000);
      const from = Date.now();
      say("the outage begins");
      await outage.begin(cluster);
      await wait(from + seconds * 1000 - Date.now());
      await outage.end(cluster);
      say("the outage is over");
      return { from, to: Date.now() };
    },
  );
  const before = { from: startedAt, to: struck.from };
  const [usual, away] = await readAccepts(folder, [before, struck]);
  const passages = await readPassages(folder);
  const replies = describeReplies(passages, struck);
  const drainedMs = drainedAfterMs(passages, struck.to);
  const ok =
    isWhole &&
    verdict.acknowledged === messages &&
    away?.not200 === 0 &&
    (outage.limits === undefined ||
      (away.p99Ms < outage.limits.acceptP99Ms && drainedMs <= outage.limits.drainedMs));
  const figures = {
    messages,
    perSecond: Math.round(perSecond),
    outageSeconds: (struck.to - struck.from) / 1000,
    postsMeanwhile: away?.posts ?? 0,
    not200Meanwhile: away?.not200 ?? 0,
    acceptP99MsBefore: usual?.p99Ms ?? 0,
    acceptP50MsMeanwhile: away?.p50Ms ?? 0,
    acceptP99MsMeanwhile: away?.p99Ms ?? 0,
    acceptMaxMsMeanwhile: away?.maxMs ?? 0,
    replyP50MsBefore: describeReplies(passages, before).p50Ms,
    repliedMeanwhile: replies.repliedInSpan,
    replyP50MsMeanwhile: replies.p50Ms,
    replyP99MsMeanwhile: replies.p99Ms,
    replyMaxMsMeanwhile: replies.maxMs,
    drainedSecondsAfter: Math.round(drainedMs / 100) / 10,
    idle: idleAt !== undefined,
    crashes,
    ...tellVerdict(verdict),
  };
  return { ok, figures, examples: verdict.examples };
}
