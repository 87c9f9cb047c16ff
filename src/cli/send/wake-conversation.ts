import { once } from "node:events";
import type { Redis } from "ioredis";
import type { Config } from "#shared/config/env.ts";
import { closeQueues, openQueues } from "#shared/queues/open-queues.ts";
import { createWake } from "#shared/queues/wake.ts";
import { createLog } from "#shared/runtime/log.ts";
import { connectImpatient } from "#shared/runtime/redis.ts";

/** A command makes its connection first, so its budget is longer than a running process's. */
const budgetMs = 2000;

/** Best effort: false when Redis did not take it, and then the sweeper finds the entry. */
export async function wakeConversation(config: Config, conversationId: string): Promise<boolean> {
  const log = createLog({ ...config, LOG_LEVEL: "silent" }, "cli");
  const redis = connectImpatient(config.REDIS_URL, budgetMs, log);
  try {
    return (await isReached(redis)) && (await wake(redis, config, conversationId));
  } finally {
    redis.disconnect();
  }
}

/** The first error counts: nobody waits for Redis here. */
const isReached = (redis: Redis): Promise<boolean> =>
  once(redis, "ready", { signal: AbortSignal.timeout(budgetMs) }).then(
    () => true,
    () => false,
  );

async function wake(redis: Redis, config: Config, conversationId: string): Promise<boolean> {
  const queues = openQueues(redis, config.REDIS_PREFIX);
  try {
    return await createWake(queues, budgetMs)("conversations", conversationId);
  } finally {
    await closeQueues(queues);
  }
}
