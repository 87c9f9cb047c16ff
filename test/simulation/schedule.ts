import { createRandom } from "./random.ts";

/**
 * Everything that one run depends on, as whole numbers. Any numbers make a schedule and 0 is always the
 * plain choice, so that a failing one is shrunk by taking numbers away or making them 0.
 */
export interface Schedule {
  /** Provider, bot, workers, hold window … */
  readonly shape: readonly number[];
  /** One group for each message that customers write. */
  readonly messages: readonly (readonly number[])[];
  /** One group for each fault. */
  readonly faults: readonly (readonly number[])[];
  /** What happens next, at each step. */
  readonly order: readonly number[];
}

const shapeNumbers = 12;
const groupNumbers = 6;
const mostMessages = 6;
const mostFaults = 5;

/** A schedule by seed; its order is made as it is asked for. */
export function drawSchedule(seed: number): Schedule & { readonly more: () => number } {
  const random = createRandom(seed);
  const group = (): number[] => Array.from({ length: groupNumbers }, () => random() >>> 8);
  const groups = (count: number): number[][] => Array.from({ length: count }, group);
  const shape = Array.from({ length: shapeNumbers }, () => random() >>> 8);
  const messages = groups(1 + (random() % mostMessages));
  const faults = groups(random() % (mostFaults + 1));
  // From nearly in order to quite at random.
  const plain = [240, 200, 128, 64][random() % 4] ?? 0;
  const more = (): number => {
    const drawn = random();
    return drawn >>> 24 < plain ? 0 : (drawn & 0xff_ff) + 1;
  };
  return { shape, messages, faults, order: [], more };
}
