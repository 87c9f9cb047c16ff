import type { Redis } from "ioredis";
import { setTimeout as wait } from "node:timers/promises";

/** What only Redis holds: it may lose its data only while this is empty. */
const lists = ["wait", "active", "paused"] as const;
const sets = ["delayed", "prioritized", "failed"] as const;

const keysOf = (prefix: string): readonly string[] =>
  [...lists, ...sets].map((name) => `${prefix}:webhooks:${name}`);

const countScript = `
local count = 0
for i = 1, 3 do count = count + redis.call('LLEN', KEYS[i]) end
for i = 4, 6 do count = count + redis.call('ZCARD', KEYS[i]) end
`;

/** How many sealed webhooks wait for the journal. */
export const countSealed = async (redis: Redis, prefix: string): Promise<number> =>
  Number(await redis.eval(`${countScript} return count`, 6, ...keysOf(prefix)));

/** FLUSHALL in a moment in which no sealed webhook waits: one script, so that none comes between. */
export async function flushWhenEmpty(redis: Redis, prefix: string): Promise<boolean> {
  const script = `${countScript} if count > 0 then return 0 end redis.call('FLUSHALL') return 1`;
  return (await redis.eval(script, 6, ...keysOf(prefix))) === 1;
}

/** Redis takes no write any more, and no sealed webhook waits. False: not in this moment. */
export async function stopWritesWhenEmpty(redis: Redis, prefix: string): Promise<boolean> {
  await redis.client("PAUSE", 5000, "WRITE");
  const counts = await Promise.all(
    keysOf(prefix).map((key, index) => (index < lists.length ? redis.llen(key) : redis.zcard(key))),
  );
  if (counts.every((count) => count === 0)) return true;
  await redis.client("UNPAUSE");
  return false;
}

/** Until it succeeds; a server that is away for a moment is asked again. */
export async function insist(act: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await act().catch(() => false))) {
    signal.throwIfAborted();
    await wait(20);
  }
}
