import { expect, test } from "vitest";
import { mutants } from "./mutants.ts";
import { runSeeds } from "./run-seeds.ts";
import { shrinkSchedule } from "./shrink.ts";
import { runSchedule } from "./run-schedule.ts";

test("a failing schedule is shrunk to a smaller one that fails in the same way", async () => {
  const mutant = mutants.find(({ name }) => name === "blind resend");
  const { failures } = await runSeeds({ from: 1, count: 500, mutant, stopsAtFirst: true });
  const [failure] = failures;
  if (failure === undefined) throw new Error("the mutant was not caught");
  const propertyOf = async (schedule: typeof failure.schedule) =>
    (await runSchedule({ schedule, mutant })).violation?.property;

  const shrunk = await shrinkSchedule(
    failure.schedule,
    async (candidate) => (await propertyOf(candidate)) === failure.violation.property,
  );

  expect(await propertyOf(shrunk)).toBe("no double reply");
  expect(shrunk.faults).toHaveLength(1);
  expect(shrunk.order.length).toBeLessThan(failure.schedule.order.length);
});
