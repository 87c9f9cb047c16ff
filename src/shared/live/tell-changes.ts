import type { Redis } from "ioredis";
import { changesChannel, type Changes } from "#shared/live/changes.ts";

/** Tells those who watch; nobody waits for it, and nothing depends on it. */
export interface Teller {
  readonly turn: (conversationId: string, version: number) => void;
  readonly send: (outgoingId: string) => void;
  readonly media: (mediaId: string) => void;
  readonly attempt: (attemptId: string) => void;
  readonly typing: (typing: Changes["typing"][number]) => void;
  readonly present: (present: NonNullable<Changes["present"]>) => void;
  readonly close: () => void;
}

/** What happens within it is one message: a busy worker tells little more often than an idle one. */
const togetherMs = 50;
/** Redis is away or slow: what is more is told as a gap. */
const mostWaiting = 5000;

const nothing = (): Omit<Changes, "v" | "isGap"> => ({
  turns: [],
  sends: [],
  media: [],
  attempts: [],
  typing: [],
});

/** One message to all processes for whatever comes within a moment. */
export function createTeller(redis: Redis, prefix: string): Teller {
  const channel = changesChannel(prefix);
  let waiting = nothing();
  let count = 0;
  let isGap = false;
  let timer: NodeJS.Timeout | undefined;

  const publish = async (): Promise<void> => {
    timer = undefined;
    const message: Changes = { v: 1, ...waiting, isGap };
    waiting = nothing();
    count = 0;
    isGap = false;
    await redis.publish(channel, JSON.stringify(message)).catch(() => {
      isGap = true;
    });
  };
  const add = (put: () => void): void => {
    if (count >= mostWaiting) {
      isGap = true;
      return;
    }
    count += 1;
    put();
    timer ??= setTimeout(() => void publish(), togetherMs);
  };
  return {
    turn: (id, version) => add(() => waiting.turns.push([id, version])),
    send: (id) => add(() => waiting.sends.push(id)),
    media: (id) => add(() => waiting.media.push(id)),
    attempt: (id) => add(() => waiting.attempts.push(id)),
    typing: (typing) => add(() => waiting.typing.push(typing)),
    present: (present) =>
      add(() => {
        waiting = { ...waiting, present };
      }),
    close: () => clearTimeout(timer),
  };
}
