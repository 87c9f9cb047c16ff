import type { Redis } from "ioredis";
import { changes, changesChannel, type Changes } from "#shared/live/changes.ts";
import type { Log } from "#shared/runtime/log.ts";

interface Ears {
  readonly hear: (changes: Changes) => void;
  /** Words may have been lost: what is shown must be looked at anew. */
  readonly missed: () => void;
}

/** Listens on a connection of its own; after Redis was away, whatever was said then is missed. */
export function hearChanges(redis: Redis, prefix: string, log: Log, { hear, missed }: Ears): void {
  const channel = changesChannel(prefix);
  redis.on("message", (from: string, text: string) => {
    if (from !== channel) return;
    const parsed = read(text);
    if (parsed === undefined) {
      log.warn({ event: "live.unread", advice: "a process of another version tells changes" });
      return;
    }
    if (parsed.isGap) missed();
    hear(parsed);
  });
  let isFirst = true;
  redis.on("ready", () => {
    if (!isFirst) missed();
    isFirst = false;
  });
  // Waits for Redis as long as it takes, and subscribes again by itself after every break.
  redis.subscribe(channel).catch((error: unknown) => log.debug({ event: "live.deaf", err: error }));
}

function read(text: string): Changes | undefined {
  try {
    return changes.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
