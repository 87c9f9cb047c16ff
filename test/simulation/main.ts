import { explainFailure, tellSchedule } from "./explain.ts";
import { readFlags, type Flags } from "./flags.ts";
import { mutants, type Mutant } from "./mutants.ts";
import { startPool } from "./pool.ts";
import { createProgress } from "./progress.ts";
import { catchMutants, proveSchedules } from "./prove.ts";
import { describeMutants, describeProof, summarize } from "./report.ts";
import { runSeeds } from "./run-seeds.ts";

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const flags = readFlags(process.argv.slice(2));
process.on("disconnect", () => process.exit(1));
const mutant = findMutant(flags);
if (flags.schedule !== undefined) print((await tellSchedule(flags.schedule, mutant)).join("\n"));
else if (mutant !== undefined || flags.schedules === 1) await showFirst();
else await prove();
process.exit();

function findMutant({ mutant: name }: Flags): Mutant | undefined {
  const found = mutants.find((each) => each.name === name);
  if (name !== undefined && found === undefined)
    throw new Error(`--mutant: one of\n  ${mutants.map((each) => each.name).join("\n  ")}`);
  return found;
}

/** The first failing schedule, shrunk; without one the only schedule as it is. */
async function showFirst(): Promise<void> {
  const { seed: from, schedules: count } = flags;
  const { failures, schedules } = await runSeeds({ from, count, mutant, stopsAtFirst: true });
  const [failure] = failures;
  if (failure === undefined) print(`${schedules} schedules from seed ${from}: nothing is broken`);
  else print(await explainFailure(failure, mutant));
  process.exitCode = failure === undefined ? 0 : 1;
}

/** Every mutant is caught, and nothing is broken without one. */
async function prove(): Promise<void> {
  const pool = startPool(flags.processes);
  const caught = await catchMutants(pool, mutants, flags.seed);
  print(describeMutants(caught));
  const { seed: from, schedules: count } = flags;
  const proof = await proveSchedules(pool, { from, count, onSlice: createProgress(count) });
  pool.stop();
  for (const { seed } of proof.failures.slice(0, 1)) print(await explainSeed(seed));
  print(describeProof(proof));
  const summary = summarize(from, proof, caught);
  print(JSON.stringify(summary));
  process.exitCode = summary.ok ? 0 : 1;
}

async function explainSeed(seed: number): Promise<string> {
  const [failure] = (await runSeeds({ from: seed, count: 1 })).failures;
  return failure === undefined ? `seed ${seed} broke once and not again` : explainFailure(failure);
}
