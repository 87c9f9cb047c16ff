import type { Redis } from "ioredis";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Pace } from "#workers/lanes/ports.ts";

/**
 * GCRA: each key holds the time at which its bucket is empty again. Both keys give room, or neither
 * is taken; the answer is the wait in ms. Redis's own clock, so that workers agree.
 */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, due = 0, {}
for i = 1, #KEYS do
  local interval, burst = tonumber(ARGV[i * 2 - 1]), tonumber(ARGV[i * 2])
  local at = math.max(tonumber(redis.call('GET', KEYS[i]) or '0'), now)
  wait = math.max(wait, at + interval - interval * burst - now)
  due[i] = at + interval
end
if wait > 0 then return math.ceil(wait) end
for i = 1, #KEYS do redis.call('SET', KEYS[i], due[i], 'PX', math.ceil(due[i] - now) + 1000) end
return 0`;

/** The provider asked for a pause: nothing leaves before, whatever the bucket says. */
const blockScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = now + tonumber(ARGV[1])
if due > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], due, 'PX', math.ceil(due - now) + 1000)
end`;

interface Bucket {
  readonly key: string;
  readonly intervalMs: number;
  readonly burst: number;
}

/** Keys carry hashes and channel ids, no phone numbers. */
function bucketsOf(
  prefix: string,
  channel: OpenChannel,
  provider: Provider,
  peer: string | undefined,
): Bucket[] {
  const perSecond = channel.perSecond ?? provider.defaults.perSecond;
  const { pair } = provider.defaults;
  const channelBucket = {
    key: `${prefix}:pace:${channel._id}`,
    intervalMs: 1000 / perSecond,
    burst: Math.max(1, Math.ceil(perSecond / 10)),
  };
  const intervalMs = channel.pairIntervalMs ?? pair?.intervalMs;
  if (peer === undefined || intervalMs === undefined || intervalMs === 0) return [channelBucket];
  const key = `${prefix}:pace:${conversationIdOf(channel._id, peer)}`;
  const burst = channel.pairBurst ?? pair?.burst ?? 1;
  return [channelBucket, { key, intervalMs, burst }];
}

/** The shared pace in Redis; while it is away each process keeps a careful one of its own. */
export function createPace(redis: Redis, prefix: string, now: () => number): Pace {
  const local = createLocalPace(now);
  return {
    take: async (channel, provider, peer) => {
      const buckets = bucketsOf(prefix, channel, provider, peer);
      const keys = buckets.map(({ key }) => key);
      const limits = buckets.flatMap(({ intervalMs, burst }) => [intervalMs, burst]);
      try {
        return Number(await redis.eval(takeScript, keys.length, ...keys, ...limits));
      } catch {
        return local(buckets);
      }
    },
    block: async (channel, provider, peer, ms) => {
      const [whole, pair] = bucketsOf(prefix, channel, provider, peer);
      const bucket = pair ?? whole;
      if (bucket === undefined) return;
      // Past the burst that the bucket would still allow.
      const spent = ms + bucket.intervalMs * (bucket.burst - 1);
      // The send's own notBefore holds even when this is lost.
      await redis.eval(blockScript, 1, bucket.key, Math.ceil(spent)).catch(() => undefined);
    },
  };
}

/** Several workers may each keep it: a quarter of the rate, and no burst for the channel. */
const caution = 4;

function createLocalPace(now: () => number): (buckets: readonly Bucket[]) => number {
  const due = new Map<string, number>();
  return (buckets) => {
    const at = now();
    for (const [key, time] of due) if (time < at) due.delete(key);
    const waits = buckets.map(({ key, intervalMs, burst }) => {
      const room = burst > 1 ? (intervalMs * burst) / caution : 0;
      return Math.max(due.get(key) ?? 0, at) - room - at;
    });
    const wait = Math.ceil(Math.max(0, ...waits));
    if (wait > 0) return wait;
    for (const { key, intervalMs } of buckets)
      due.set(key, Math.max(due.get(key) ?? 0, at) + intervalMs * caution);
    return 0;
  };
}
