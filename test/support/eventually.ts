import { setTimeout as wait } from "node:timers/promises";

const everyMs = 10;

/** Asks until the assertion holds; at the end of the patience its last failure is the test's. */
export async function eventually<Value>(
  look: () => Promise<Value> | Value,
  patienceMs = 5000,
): Promise<Value> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (performance.now() > until || isFinal(error)) throw error;
    }
    await wait(everyMs);
  }
}

const isFinal = (error: unknown): boolean =>
  error instanceof Error && "isFinal" in error && error.isFinal === true;
