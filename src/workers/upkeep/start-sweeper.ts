import { setTimeout as wait } from "node:timers/promises";
import { sweep, type SweepPorts } from "#workers/upkeep/sweep.ts";

/** Sweeps in this process, with jitter so that workers do not sweep together. `stop` waits for it. */
export function startSweeper(ports: SweepPorts): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sweep(ports).catch((error: unknown) => {
        ports.log.warn({ event: "sweep.failed", err: error });
      });
      await pause(ports.everyMs * (0.75 + Math.random() / 2), stopping.signal);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);
