import { setPriority } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

const everyMs = 500;

/** Lets a process go before all others, so that its delays are its own; false where that is not allowed. */
export function favour(pid: number | undefined): boolean {
  try {
    setPriority(pid ?? 0, -19);
    return pid !== undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error) return false;
    throw error;
  }
}

/** Follows the longest delay of a process's event loop, as the process itself measures it at /metrics. */
export function followLag(url: string, authorization: string) {
  const stopping = new AbortController();
  let worstMs = 0;
  const read = async (): Promise<void> => {
    const text = await (await fetch(`${url}/metrics`, { headers: { authorization } })).text();
    const seconds = /^nodejs_eventloop_lag_max_seconds\{[^}]*\} (\S+)$/m.exec(text)?.[1];
    if (seconds === undefined) throw new Error("no event-loop lag at /metrics");
    worstMs = Math.max(worstMs, Number(seconds) * 1000);
  };
  const run = async (): Promise<void> => {
    // The first value tells of the start, when everything is loaded.
    await read();
    worstMs = 0;
    while (!stopping.signal.aborted) {
      await wait(everyMs);
      await read();
    }
  };
  const running = run();
  return {
    stop: async (): Promise<number> => {
      stopping.abort();
      await running;
      return Math.round(worstMs * 10) / 10;
    },
  };
}
