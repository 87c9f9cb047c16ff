import type { Mutant } from "./mutants.ts";
import { drawSchedule, type Schedule } from "./schedule.ts";
import type { Violation } from "./verdict.ts";
import { runSchedule } from "./run-schedule.ts";

export interface Failure {
  readonly seed: number;
  readonly violation: Violation;
  readonly schedule: Schedule;
}

export interface Seeds {
  readonly from: number;
  readonly count: number;
  readonly mutant?: Mutant | undefined;
  /** Ends with the first failure. */
  readonly stopsAtFirst?: boolean;
}

export interface SeedsRun {
  readonly schedules: number;
  readonly steps: number;
  readonly failures: readonly Failure[];
}

/** Runs schedules one after another, each by its own seed. */
export async function runSeeds({ from, count, mutant, stopsAtFirst }: Seeds): Promise<SeedsRun> {
  const failures: Failure[] = [];
  let steps = 0;
  let schedules = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const { more, ...drawn } = drawSchedule(seed);
    const {
      violation,
      schedule,
      steps: taken,
    } = await runSchedule({ schedule: drawn, more, mutant });
    if (violation !== undefined) failures.push({ seed, violation, schedule });
    steps += taken;
    schedules += 1;
    if (violation !== undefined && stopsAtFirst === true) break;
  }
  return { schedules, steps, failures };
}
