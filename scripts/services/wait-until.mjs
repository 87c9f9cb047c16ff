import { setTimeout as sleep } from "node:timers/promises";

const pauseMs = 20;

/** Asks again until the answer is true; gives up loudly after the limit. */
export async function waitUntil(isTrue, { limitMs, what }) {
  const deadline = Date.now() + limitMs;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what} not within ${limitMs / 1000} s`);
    await sleep(pauseMs);
  }
}
