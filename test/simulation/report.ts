import type { Caught, Proof } from "./prove.ts";

/** The mutants as Markdown: what caught each, with which seed, after how many schedules. */
export function describeMutants(caught: readonly Caught[]): string {
  const rows = caught.map(({ mutant, failure, schedules }) =>
    failure === undefined
      ? `| ${mutant} | NOT CAUGHT | | ${schedules} |`
      : `| ${mutant} | ${failure.property} | ${failure.seed} | ${schedules} |`,
  );
  return ["| mutant | caught by | seed | schedules |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

export function describeProof({ schedules, steps, seconds, failures }: Proof): string {
  const rate = Math.round(schedules / seconds);
  const perSchedule = Math.round(steps / Math.max(schedules, 1));
  return `${schedules} schedules of ${perSchedule} steps on average in ${Math.round(seconds)} s (${rate}/s): ${failures.length} broken`;
}

/** The line for machines. */
export function summarize(seed: number, proof: Proof, caught: readonly Caught[]) {
  const mutantsCaught = caught.filter(({ failure }) => failure !== undefined).length;
  return {
    claim: "simulation",
    ok: proof.failures.length === 0 && mutantsCaught === caught.length,
    seed,
    schedules: proof.schedules,
    steps: proof.steps,
    seconds: Math.round(proof.seconds),
    perSecond: Math.round(proof.schedules / proof.seconds),
    violations: proof.failures.length,
    failingSeeds: proof.failures.slice(0, 5).map(({ seed: failing }) => failing),
    mutants: caught.length,
    mutantsCaught,
  };
}
