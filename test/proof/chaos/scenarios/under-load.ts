import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { runFiles } from "../ack-log.ts";
import { withCluster, type Cluster, type ClusterOptions } from "../cluster.ts";
import { dumpDatabase } from "../dump-database.ts";
import { readEvidence, type Evidence } from "../evidence.ts";
import { isClean, judge, type Verdict } from "../judge.ts";
import { holdMsOf } from "../messages.ts";
import { waitUntilIdle, type Open } from "../wait-until-idle.ts";
import type { Given } from "./scenario.ts";

/** What the generator plays. */
export interface Load {
  readonly messages: number;
  readonly conversations: number;
  readonly perSecond?: number;
  /** So many messages may wait for their replies. */
  readonly inFlight?: number;
  readonly underWay?: number;
  readonly atOnce?: number;
  readonly reordered?: number;
}

export interface UnderLoad<Struck> {
  readonly struck: Struck;
  readonly verdict: Verdict;
  /** Its replies were read by the checker. */
  readonly evidence: Omit<Evidence, "replies">;
  /** All that was planned and not given up is acknowledged, nothing is under way, and the verdict is clean. */
  readonly isWhole: boolean;
  readonly open: Open;
  readonly startedAt: number;
  readonly idleAt: number | undefined;
  /** How often a process of ours ended unasked. */
  readonly crashes: number;
}

const unlimited = 1_000_000_000;
const lookEveryMs = 100;
/** Customers' clocks stand in the past, so that a conversation may have a message a second. */
const clockBehindSeconds = 3600;
const progress = z.object({ acknowledged: z.number(), isDone: z.boolean() });

type Options = Omit<ClusterOptions, "services" | "folder" | "accept">;

/** Load, what `strike` does meanwhile, rest, then the checker. */
export async function underLoad<Struck>(
  given: Given,
  { load, ...options }: Options & { readonly load: Load },
  strike: (cluster: Cluster, begin: () => Promise<void>) => Promise<Struck>,
): Promise<UnderLoad<Struck>> {
  const { folder, accept, services, say } = given;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { messages } = load;
  const run = { accept, messages, holdMs: holdMsOf, seed: given.seed };
  writeFileSync(join(folder, runFiles.run), JSON.stringify(run));
  const settings = { LOG_LEVEL: "warn", ...options.settings };
  let startedAt = 0;
  const observed = await withCluster(
    { ...options, services, folder, accept, settings },
    async (cluster) => {
      const begin = async (): Promise<void> => {
        startedAt = Date.now();
        await startLoad(cluster, given, load);
      };
      const struck = await strike(cluster, begin);
      await loadReaches(cluster, unlimited);
      say("the load is over: waiting until nothing is under way");
      const { idleAt, open } = await waitUntilIdle(cluster, say);
      await dumpDatabase(cluster.database, join(folder, runFiles.database));
      const crashes = [...cluster.processes.values()].reduce(
        (sum, each) => sum + each.crashes(),
        0,
      );
      return { struck, open, idleAt, crashes };
    },
  );
  const evidence = await readEvidence(folder);
  const verdict = await judge(evidence);
  const isWhole =
    observed.idleAt !== undefined &&
    verdict.acknowledged === evidence.said.size &&
    verdict.acknowledged > 0 &&
    isClean(verdict);
  return { ...observed, startedAt, verdict, evidence, isWhole };
}

async function startLoad({ generator, aim }: Cluster, { seed }: Given, load: Load): Promise<void> {
  await generator.ask(
    "start",
    {
      ...aim,
      plan: {
        messages: load.messages,
        conversations: load.conversations,
        seed,
        startSeconds: Math.floor(Date.now() / 1000) - clockBehindSeconds,
        duplicates: 0,
        reordered: load.reordered ?? 0,
      },
      inFlight: load.inFlight ?? unlimited,
      ...(load.perSecond === undefined ? {} : { perSecond: load.perSecond }),
      ...(load.underWay === undefined ? {} : { underWay: load.underWay }),
      ...(load.atOnce === undefined ? {} : { atOnce: load.atOnce }),
    },
    z.undefined(),
  );
}

/** So many messages were acknowledged, or the load is over, or the time. */
export async function loadReaches(
  { generator }: Cluster,
  count: number,
  until = Infinity,
): Promise<void> {
  for (;;) {
    const { acknowledged, isDone } = await generator.ask("progress", {}, progress);
    if (acknowledged >= count || isDone || Date.now() >= until) return;
    await wait(lookEveryMs);
  }
}

/** From now on so many a second. */
export const setPace = ({ generator }: Cluster, perSecond: number): Promise<void> =>
  generator.ask("pace", { perSecond }, z.undefined());

/** Ends the load before its plan does. */
export const endLoad = ({ generator }: Cluster): Promise<void> =>
  generator.ask("enough", {}, z.undefined());
