import { expect, test } from "vitest";
import { buildSchedule } from "./schedule.ts";
import { tierNames, tiers } from "./tiers.ts";

test.each(tierNames)(
  "%s: a seed gives the same strikes again, each while messages come",
  (name) => {
    const { faults, messages } = tiers[name];

    const schedule = buildSchedule(faults, messages, 7);

    expect(buildSchedule(faults, messages, 7)).toEqual(schedule);
    expect(buildSchedule(faults, messages, 8)).not.toEqual(schedule);
    expect(schedule).toHaveLength(Object.values(faults).reduce((sum, count) => sum + count, 0));
    for (const { at } of schedule) expect(at).toBeLessThan(messages);
  },
);

test("kills go round every kind of process", () => {
  const schedule = buildSchedule(tiers.medium.faults, 100_000, 1);

  const killed = schedule.flatMap(({ act }) => (act.kind === "kill" ? [act.target] : []));

  expect(new Set(killed)).toEqual(
    new Set(["api 1", "api 2", "worker 1", "worker 2", "worker 3", "redis"]),
  );
});
