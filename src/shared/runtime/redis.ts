import { Redis } from "ioredis";
import type { Log } from "#shared/runtime/log.ts";

/** For workers: waits for Redis as long as it takes (BullMQ asks for `null`). */
export const connectPatient = (url: string, log: Log): Redis =>
  quiet(new Redis(url, { maxRetriesPerRequest: null }), log);

/**
 * For requests: fails at once when Redis is away and after `timeoutMs` when it is frozen.
 * A command that timed out may still run later, so every use must be repeatable.
 */
export const connectImpatient = (url: string, timeoutMs: number, log: Log): Redis =>
  quiet(
    new Redis(url, {
      enableOfflineQueue: false,
      commandTimeout: timeoutMs,
      maxRetriesPerRequest: 1,
      retryStrategy: (attempt) => Math.min(50 * attempt, 1000),
    }),
    log,
  );

/** One line per kind of trouble a second: a full or dead Redis raises thousands. */
function quiet(redis: Redis, log: Log): Redis {
  let silentUntil = 0;
  redis.on("error", (error: Error) => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + 1000;
    log.warn({ event: "redis.error", reason: error.message });
  });
  return redis;
}
