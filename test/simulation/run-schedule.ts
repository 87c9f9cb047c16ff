import { createDraws } from "./draws.ts";
import type { Mutant } from "./mutants.ts";
import type { Schedule } from "./schedule.ts";
import { Violation } from "./verdict.ts";
import { createWorld } from "./world.ts";

export interface RunOptions {
  readonly schedule: Schedule;
  /** The order's next number, where the schedule's own list has ended. */
  readonly more?: () => number;
  readonly mutant?: Mutant | undefined;
  readonly tell?: (line: string) => void;
}

export interface Run {
  readonly violation: Violation | undefined;
  /** The schedule with every number that was used. */
  readonly schedule: Schedule;
  readonly steps: number;
}

const mostSteps = 20_000;

/** Runs one schedule to its end, or to the first promise that it breaks. */
export async function runSchedule({ schedule, more, mutant, tell }: RunOptions): Promise<Run> {
  const order: number[] = [];
  const draws = createDraws(() => {
    const next = schedule.order[order.length] ?? more?.() ?? 0;
    order.push(next);
    return next;
  });
  const world = createWorld({ schedule, draws, mutant, tell });
  let steps = 0;
  const ended = (violation: Violation | undefined): Run => ({
    violation,
    schedule: { ...schedule, order },
    steps,
  });
  try {
    for (; world.step(); steps += 1) {
      if (steps > mostSteps) throw new Violation("quiescence", `no end after ${steps} steps`);
      await turn();
      await turn();
    }
    world.end();
    return ended(undefined);
  } catch (error) {
    if (error instanceof Violation) return ended(error);
    throw error;
  }
}

/** Everything runs that can, up to its next port: a batch leaves one turn after it was asked for. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
