import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { runFiles } from "./ack-log.ts";
import { withCluster, type Cluster, type ClusterOptions } from "./cluster.ts";
import { dumpDatabase } from "./dump-database.ts";
import { readEvidence } from "./evidence.ts";
import { isClean, judge, type Verdict } from "./judge.ts";
import { holdMsOf } from "./messages.ts";
import { runNemesis, stampAof } from "./nemesis.ts";
import type { Act, Strike } from "./schedule.ts";
import type { Tier } from "./tiers.ts";
import { waitUntilIdle, type Open } from "./wait-until-idle.ts";

/** In `folder` the run leaves everything: logs, acknowledgements, ledgers, what MongoDB had. */
export interface ChaosRun extends ClusterOptions {
  readonly tier: Tier;
  readonly schedule: readonly Strike[];
  readonly seed: number;
  readonly say: (line: string) => void;
}

export interface Figures extends Omit<Verdict, "examples"> {
  readonly messages: number;
  readonly attempts: Readonly<Record<"ok" | "fail" | "info" | "copies", number>>;
  /** Acts that were done, by kind. */
  readonly done: Readonly<Record<string, number>>;
  readonly crashes: number;
  readonly open: Open;
  readonly loadSeconds: number;
  readonly perSecond: number;
  /** From the last acknowledgement or the end of the last fault, whichever came later. */
  readonly idleAfterSeconds: number | null;
}

export interface Outcome {
  readonly ok: boolean;
  readonly figures: Figures;
  readonly examples: readonly string[];
}

const duplicates = 0.05;
const reordered = 0.05;
/** Customers' clocks stand in the past, so that a conversation may have a message a second. */
const clockBehindSeconds = 3600;

/** Load and faults at the same time, then rest, then the checker. */
export async function runChaos(run: ChaosRun): Promise<Outcome> {
  const { folder, accept, tier } = run;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { messages } = tier;
  writeFileSync(
    join(folder, runFiles.run),
    JSON.stringify({ accept, messages, holdMs: holdMsOf, seed: run.seed }),
  );
  const settings = { LOG_LEVEL: tier.logLevel, ...run.settings };
  const observed = await withCluster({ ...run, settings }, (cluster) => observe(run, cluster));
  const evidence = await readEvidence(folder);
  const { examples, ...verdict } = await judge(evidence);
  const figures = { messages, attempts: evidence.attempts, ...verdict, ...observed };
  const isWhole = verdict.acknowledged === messages && figures.idleAfterSeconds !== null;
  return { ok: isWhole && isClean({ ...verdict, examples }), figures, examples };
}

async function observe(run: ChaosRun, cluster: Cluster) {
  const { folder, tier, seed, schedule, say } = run;
  await stampAof(cluster.redis);
  const startedAt = Date.now();
  await cluster.generator.ask(
    "start",
    {
      ...cluster.aim,
      plan: {
        messages: tier.messages,
        conversations: tier.conversations,
        seed,
        startSeconds: Math.floor(startedAt / 1000) - clockBehindSeconds,
        duplicates,
        reordered,
      },
      inFlight: tier.inFlight,
      ...(tier.perSecond === undefined ? {} : { perSecond: tier.perSecond }),
    },
    z.undefined(),
  );
  const { done, lastEndedAt } = await runNemesis(cluster, schedule, say);
  say("the load and the faults are over: waiting until nothing is under way");
  const { idleAt, open } = await waitUntilIdle(cluster, say);
  await dumpDatabase(cluster.database, join(folder, runFiles.database));
  const loadSeconds = (lastEndedAt - startedAt) / 1000;
  return {
    done: countKinds(done),
    crashes: [...cluster.processes.values()].reduce((sum, each) => sum + each.crashes(), 0),
    open,
    loadSeconds: Math.round(loadSeconds),
    perSecond: Math.round(tier.messages / loadSeconds),
    idleAfterSeconds:
      idleAt === undefined ? null : Math.max(0, Math.round((idleAt - lastEndedAt) / 100) / 10),
  };
}

const countKinds = (acts: readonly Act[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...Map.groupBy(acts, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
  );
