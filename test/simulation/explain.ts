import type { Mutant } from "./mutants.ts";
import type { Failure } from "./run-seeds.ts";
import type { Schedule } from "./schedule.ts";
import { shrinkSchedule } from "./shrink.ts";
import { runSchedule } from "./run-schedule.ts";

const longestLine = 220;

/** A failing schedule, shrunk and told step by step, and how to see it again. */
export async function explainFailure(
  { seed, violation, schedule }: Pick<Failure, "seed" | "violation" | "schedule">,
  mutant?: Mutant,
): Promise<string> {
  const { property } = violation;
  const shrunk = await shrinkSchedule(
    schedule,
    async (candidate) =>
      (await runSchedule({ schedule: candidate, mutant })).violation?.property === property,
  );
  return [
    `seed ${seed}${mutant === undefined ? "" : `, mutant "${mutant.name}"`}, shrunk to ${shrunk.messages.length} messages and ${shrunk.faults.length} faults:`,
    ...(await tellSchedule(shrunk, mutant)),
    `again: npm run proof:simulation -- --seed ${seed} --schedules 1${mutant === undefined ? "" : ` --mutant "${mutant.name}"`}`,
    `the shrunk one: npm run proof:simulation -- --schedule '${JSON.stringify(shrunk)}'`,
  ].join("\n");
}

/** What happens in a schedule, a line each. */
export async function tellSchedule(
  schedule: Schedule,
  mutant?: Mutant,
): Promise<readonly string[]> {
  const lines: string[] = [];
  const tell = (line: string): void => void lines.push(line.slice(0, longestLine));
  const { violation } = await runSchedule({ schedule, mutant, tell });
  return [...lines, violation === undefined ? "nothing is broken" : `BROKEN ${violation.message}`];
}
