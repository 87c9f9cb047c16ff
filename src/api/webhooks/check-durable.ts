import type { Redis } from "ioredis";

const cachedMs = 5000;
const fullest = 0.7;

/** Redis would lose or refuse what it takes: nothing may be acknowledged on its word. */
class NotDurable extends Error {
  constructor(reason: string) {
    super(`Redis cannot keep webhooks: ${reason}`);
    this.name = "NotDurable";
  }
}

/** Rejects unless Redis writes through to its disk and has room; asks it every 5 s at most. */
export function createDurableCheck(redis: Redis): () => Promise<void> {
  let checkedAt = -Infinity;
  let last: Promise<void> = Promise.resolve();
  return () => {
    if (performance.now() - checkedAt < cachedMs) return last;
    checkedAt = performance.now();
    last = check(redis);
    last.catch((error: unknown) => {
      if (!(error instanceof NotDurable)) checkedAt = -Infinity;
    });
    return last;
  };
}

async function check(redis: Redis): Promise<void> {
  const [settings, memory] = await Promise.all([
    redis.config("GET", "append*"),
    redis.info("memory"),
  ]);
  const setting = readPairs(settings);
  if (setting.get("appendonly") !== "yes") throw new NotDurable("set appendonly yes");
  if (setting.get("appendfsync") !== "always") throw new NotDurable("set appendfsync always");
  const used = readNumber(memory, "used_memory");
  const most = readNumber(memory, "maxmemory");
  if (most > 0 && used > most * fullest)
    throw new NotDurable("more than 70 % of maxmemory is used");
}

/** RESP2 answers a flat list, RESP3 a map. */
function readPairs(answer: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(answer)) return new Map(Object.entries(Object(answer)));
  const texts = answer.map(String);
  return new Map(texts.flatMap((name, at) => (at % 2 === 0 ? [[name, texts[at + 1] ?? ""]] : [])));
}

const readNumber = (info: string, name: string): number =>
  Number(new RegExp(`^${name}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
