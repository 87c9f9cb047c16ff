import { afterAll, beforeAll, expect, test } from "vitest";
import { explainFailure } from "./explain.ts";
import { mutants } from "./mutants.ts";
import { startPool, type Pool } from "./pool.ts";
import { catchMutants, proveSchedules } from "./prove.ts";
import { describeMutants } from "./report.ts";
import { runSeeds } from "./run-seeds.ts";

const schedules = 20_000;
const minutesMs = 60_000;

let pool: Pool;

beforeAll(() => {
  pool = startPool(2);
});
afterAll(() => pool.stop());

test(
  `the promises hold in ${schedules} schedules of crashes, pauses, outages and losses`,
  async () => {
    const proof = await proveSchedules(pool, { from: 1, count: schedules });

    const [first] = proof.failures;
    expect(first === undefined ? "" : await explainSeed(first.seed)).toBe("");
    expect(proof.schedules).toBe(schedules);
  },
  10 * minutesMs,
);

test(
  "every rule that is taken away is missed",
  async () => {
    const caught = await catchMutants(pool, mutants, 1);

    expect(describeMutants(caught)).not.toContain("NOT CAUGHT");
    expect(caught).toHaveLength(18);
  },
  10 * minutesMs,
);

test("a seed is one schedule, however often it is run", async () => {
  const [first, again] = [
    await runSeeds({ from: 7, count: 20 }),
    await runSeeds({ from: 7, count: 20 }),
  ];

  expect(again).toEqual(first);
});

async function explainSeed(seed: number): Promise<string> {
  const { failures } = await runSeeds({ from: seed, count: 1 });
  const [failure] = failures;
  return failure === undefined ? `seed ${seed} broke once` : explainFailure(failure);
}
