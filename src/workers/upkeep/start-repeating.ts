import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "#shared/runtime/log.ts";

interface Repeated {
  readonly everyMs: number;
  /** Ends soon when `stopping` aborts. */
  readonly run: (stopping: AbortSignal) => Promise<unknown>;
  /** What the log calls a run that failed. */
  readonly failedEvent: string;
  readonly log: Log;
}

export interface Repeating {
  /** Waits for the run that is under way. */
  readonly stop: () => Promise<void>;
}

/** Pauses, runs, pauses …, with jitter so that workers do not run together. */
export function startRepeating({ everyMs, run, failedEvent, log }: Repeated): Repeating {
  const stopping = new AbortController();
  const { signal } = stopping;
  const repeat = async (): Promise<void> => {
    for (;;) {
      await wait(everyMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(
        () => undefined,
      );
      if (signal.aborted) return;
      await run(signal).catch((error: unknown) => log.warn({ event: failedEvent, err: error }));
    }
  };
  const running = repeat();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
