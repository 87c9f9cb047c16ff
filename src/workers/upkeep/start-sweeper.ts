import { setTimeout as wait } from "node:timers/promises";
import { sweep, type SweepPorts, type Swept } from "#workers/upkeep/sweep.ts";

/** Sweeps in this process, with jitter so that workers do not sweep together. `stop` waits for it. */
export function startSweeper(ports: SweepPorts): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    let wasAway = false;
    while (!stopping.signal.aborted) {
      const { isFull, isWoken } = await sweepOnce(ports);
      wasAway = !isWoken || (wasAway && isFull);
      // What Redis missed is woken without a pause: nothing else may come for it.
      if (wasAway && isWoken) continue;
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

async function sweepOnce(ports: SweepPorts): Promise<Swept> {
  try {
    return await sweep(ports);
  } catch (error) {
    ports.log.warn({ event: "sweep.failed", err: error });
    return { isFull: false, isWoken: true };
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);
