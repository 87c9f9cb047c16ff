import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { LaneQueue } from "#shared/queues/queues.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";

export interface LanesHereDeps {
  readonly queue: LaneQueue;
  readonly run: (id: string, signal: AbortSignal) => Promise<JobOutcome>;
  /** For what has to wait, or finds no room here. */
  readonly wake: Wake;
  readonly mostAtOnce: number;
  readonly observe: (outcome: string, ms: number) => void;
  readonly log: Log;
}

const done: JobOutcome = { kind: "done" };
const failedMs = 1000;

/**
 * The lanes that run in this process, each once at a time. One starts where its sends were flushed: a
 * job would say the same through Redis, later. What dies with the process is found by the sweeper.
 */
export function createLanesHere({ queue, run, wake, mostAtOnce, observe, log }: LanesHereDeps) {
  const again = new Set<string>();
  const running = new Map<string, Promise<JobOutcome>>();
  const stopping = new AbortController();

  const runUntilDone = async (id: string): Promise<JobOutcome> => {
    try {
      for (;;) {
        again.delete(id);
        const outcome = await run(id, stopping.signal);
        if (outcome.kind !== "done" || !again.has(id)) return outcome;
      }
    } finally {
      running.delete(id);
    }
  };
  const begin = (id: string): Promise<JobOutcome> => {
    const ended = runUntilDone(id);
    running.set(id, ended);
    return ended;
  };
  const runHere = async (id: string): Promise<void> => {
    const startedAt = performance.now();
    const outcome = await begin(id).catch((error: unknown): JobOutcome => {
      log.warn({ event: "lane.failed", queue, lane: id, err: error });
      return { kind: "delay", ms: failedMs };
    });
    observe(outcome.kind, performance.now() - startedAt);
    if (outcome.kind === "delay") await wake(queue, id, outcome.ms);
  };
  const isRunning = (id: string): boolean => {
    if (running.has(id)) again.add(id);
    return running.has(id);
  };
  return {
    /** Takes the place of a wake. */
    start: (id: string): Promise<boolean> => {
      if (isRunning(id)) return Promise.resolve(true);
      if (stopping.signal.aborted || running.size >= mostAtOnce) return wake(queue, id);
      void runHere(id);
      return Promise.resolve(true);
    },
    /** What a job does: a lane that runs here already looks once more. */
    runJob: (id: string): Promise<JobOutcome> =>
      isRunning(id) ? Promise.resolve(done) : begin(id),
    /** Starts nothing more here; what is being sent ends. */
    leave: () => stopping.abort(),
    ended: () => Promise.allSettled(running.values()),
  };
}
