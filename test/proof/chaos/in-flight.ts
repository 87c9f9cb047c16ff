import { setTimeout as wait } from "node:timers/promises";
import { createTail } from "./tail.ts";

/** Held sends have no answer: what waits for so long no longer counts. */
const givenUpMs = 20_000;
const lookEveryMs = 25;

/** Which messages wait for their reply, by the ledgers: so that the backlog stays in bounds. */
export function watchInFlight(ledgers: readonly string[], signal: AbortSignal) {
  const waiting = new Map<number, number>();
  const tails = ledgers.map(createTail);
  const look = async (): Promise<void> => {
    for (const tail of tails)
      for (const line of await tail()) {
        const n = /"text":"[^"]* m(\d+)"/.exec(line)?.[1];
        if (n !== undefined) waiting.delete(Number(n));
      }
    const oldest = performance.now() - givenUpMs;
    for (const [n, since] of waiting) {
      if (since > oldest) break;
      waiting.delete(n);
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await look();
      await wait(lookEveryMs);
    }
  };
  return {
    watching: run(),
    add: (n: number): void => void waiting.set(n, performance.now()),
    room: async (most: number): Promise<void> => {
      while (waiting.size >= most) await wait(lookEveryMs);
    },
  };
}
