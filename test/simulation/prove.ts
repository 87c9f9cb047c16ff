import type { Mutant } from "./mutants.ts";
import type { Pool, ToldFailure } from "./pool.ts";

export interface Proof {
  readonly schedules: number;
  readonly steps: number;
  readonly seconds: number;
  readonly failures: readonly ToldFailure[];
}

const sliceSize = 100;
/** Then it is broken enough. */
const mostFailures = 20;

/** Runs schedules by consecutive seeds over the pool; `onSlice` hears how many were run. */
export async function proveSchedules(
  pool: Pool,
  of: { readonly from: number; readonly count: number; readonly onSlice?: (ran: number) => void },
): Promise<Proof> {
  const startedAt = performance.now();
  const failures: ToldFailure[] = [];
  let next = of.from;
  let schedules = 0;
  let steps = 0;
  const end = of.from + of.count;
  const lane = async (): Promise<void> => {
    while (next < end && failures.length < mostFailures) {
      const from = next;
      next += sliceSize;
      const told = await pool.run({ from, count: Math.min(sliceSize, end - from) });
      schedules += told.schedules;
      steps += told.steps;
      failures.push(...told.failures);
      of.onSlice?.(schedules);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, lane));
  const seconds = (performance.now() - startedAt) / 1000;
  return { schedules, steps, seconds, failures: failures.toSorted((a, b) => a.seed - b.seed) };
}

export interface Caught {
  readonly mutant: string;
  readonly schedules: number;
  readonly failure?: ToldFailure;
}

/** A mutant that so many schedules do not catch is a hole in the proof. */
export const mostSchedulesForMutant = 60_000;

/** Runs each mutant until it is caught; the schedules are those from the first seed on. */
export async function catchMutants(
  pool: Pool,
  mutants: readonly Mutant[],
  from: number,
): Promise<readonly Caught[]> {
  return Promise.all(mutants.map(({ name }) => catchMutant(pool, name, from)));
}

async function catchMutant(pool: Pool, mutant: string, from: number): Promise<Caught> {
  let schedules = 0;
  while (schedules < mostSchedulesForMutant) {
    const told = await pool.run({
      from: from + schedules,
      count: sliceSize,
      mutant,
      stopsAtFirst: true,
    });
    schedules += told.schedules;
    const [failure] = told.failures;
    if (failure !== undefined) return { mutant, schedules, failure };
  }
  return { mutant, schedules };
}
