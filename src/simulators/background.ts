import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export type Background = ReturnType<typeof createBackground>;

/** Owns the work that goes on after an answer (receipts, retries) and ends all of it at `stop`. */
export function createBackground() {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const running = new Set<Promise<void>>();
  const surprises: unknown[] = [];

  return {
    signal: stopping.signal,

    run(work: () => Promise<void>): void {
      const task: Promise<void> = work()
        .catch((error: unknown) => {
          surprises.push(error);
        })
        .finally(() => running.delete(task));
      running.add(task);
    },

    /** True when the time has passed, false when the simulator is stopping. */
    async delay(ms: number): Promise<boolean> {
      if (stopping.signal.aborted) return false;
      if (ms <= 0) return true;
      return sleep(ms, true, { signal: stopping.signal }).catch(() => false);
    },

    /** Resolves when nothing is under way any more. */
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },

    async stop(): Promise<void> {
      stopping.abort();
      await Promise.all(running);
      if (surprises.length > 0) throw new AggregateError(surprises, "background work failed");
    },
  };
}
