import type { Log } from "#shared/runtime/log.ts";

/** Work that no answer waits for; shutdown does. */
export interface Background {
  /** Starts it; a failure is told in the log and nowhere else. */
  run(name: string, work: () => Promise<unknown>): void;
  /** Resolves when everything that was started has ended. */
  settled(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const open = new Set<Promise<unknown>>();
  return {
    run(name, work) {
      const running = work()
        .catch((error: unknown) => log.debug({ event: `${name}.failed`, err: error }))
        .finally(() => open.delete(running));
      open.add(running);
    },
    async settled() {
      while (open.size > 0) await Promise.allSettled(open);
    },
  };
}
