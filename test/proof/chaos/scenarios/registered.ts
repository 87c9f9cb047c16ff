import { backlog } from "./backlog.ts";
import { faultyProvider } from "./faulty-provider.ts";
import { killingJob } from "./killing-job.ts";
import { mongodbAway } from "./mongodb-away.ts";
import { oppositeBatches } from "./opposite-batches.ts";
import { parallelDuplicates } from "./parallel-duplicates.ts";
import { receiptsHeld } from "./receipts-held.ts";
import { redisAway } from "./redis-away.ts";
import { redisFrozen } from "./redis-frozen.ts";
import { redisFull } from "./redis-full.ts";
import { rollingRestarts } from "./rolling-restarts.ts";
import type { Scenario } from "./scenario.ts";
import { soak } from "./soak.ts";

const scenarios: Readonly<Record<string, Scenario>> = {
  "parallel-duplicates": parallelDuplicates,
  "faulty-provider": faultyProvider,
  "redis-away": redisAway,
  "redis-frozen": redisFrozen,
  "redis-full": redisFull,
  "mongodb-away": mongodbAway,
  "receipts-held": receiptsHeld,
  "opposite-batches": oppositeBatches,
  "killing-job": killingJob,
  "rolling-restarts": rollingRestarts,
  backlog,
  soak,
};

/** The one of that name, or all of them; throws where there is none. */
export function findScenarios(name: string): readonly (readonly [string, Scenario])[] {
  const found = Object.entries(scenarios).filter(([each]) => name === "all" || name === each);
  if (found.length > 0) return found;
  throw new Error(`no scenario ${name}: one of ${Object.keys(scenarios).join(", ")}, or all`);
}
