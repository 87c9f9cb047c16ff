import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";

export interface LanesHereDeps {
  readonly run: (conversationId: string, signal: AbortSignal) => Promise<JobOutcome>;
  /** For what has to wait, or finds no room here. */
  readonly wake: Wake;
  readonly mostAtOnce: number;
  readonly observe: (outcome: string, ms: number) => void;
  readonly log: Log;
}

const failedMs = 1000;

/**
 * Runs a lane in the process that has just flushed its sends: a job would say the same through
 * Redis, later. What dies with the process is found by the sweeper.
 */
export function createLanesHere({ run, wake, mostAtOnce, observe, log }: LanesHereDeps) {
  const again = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();

  const runOnce = async (id: string): Promise<JobOutcome> => {
    const startedAt = performance.now();
    const report = (outcome: string): void => observe(outcome, performance.now() - startedAt);
    try {
      const outcome = await run(id, stopping.signal);
      report(outcome.kind);
      return outcome;
    } catch (error) {
      report("failed");
      log.warn({ event: "lane.failed", conversationId: id, err: error });
      return { kind: "delay", ms: failedMs };
    }
  };
  const runUntilDone = async (id: string): Promise<void> => {
    let outcome: JobOutcome;
    do {
      again.delete(id);
      outcome = await runOnce(id);
    } while (outcome.kind === "done" && again.has(id));
    running.delete(id);
    if (outcome.kind === "delay") await wake("replies", id, outcome.ms);
  };
  return {
    /** Takes the place of a wake of `replies`. */
    start: (id: string): Promise<boolean> => {
      if (running.has(id)) {
        again.add(id);
        return Promise.resolve(true);
      }
      if (stopping.signal.aborted || running.size >= mostAtOnce) return wake("replies", id);
      running.set(id, runUntilDone(id));
      return Promise.resolve(true);
    },
    /** Starts nothing more here and lets what is being sent end. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
