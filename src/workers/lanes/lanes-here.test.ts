import { pino } from "pino";
import { expect, test } from "vitest";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import { createLanesHere } from "#workers/lanes/lanes-here.ts";

/** Lanes whose runs end when the test says so. */
function startLanes(mostAtOnce = 10) {
  const runs: { readonly id: string; readonly end: (outcome: JobOutcome) => void }[] = [];
  const wakes: (readonly unknown[])[] = [];
  const lanes = createLanesHere({
    queue: "replies",
    run: (id) => new Promise((end) => void runs.push({ id, end })),
    wake: (...wanted) => {
      wakes.push(wanted);
      return Promise.resolve(true);
    },
    mostAtOnce,
    observe: () => undefined,
    log: pino({ enabled: false }),
  });
  const end = async (outcome: JobOutcome = { kind: "done" }): Promise<void> => {
    runs.at(-1)?.end(outcome);
    await new Promise(setImmediate);
  };
  return { lanes, runs, wakes, end };
}

test("what is flushed while its lane runs makes the lane look once more, whoever runs it", async () => {
  const { lanes, runs, end } = startLanes();

  const job = lanes.runJob("chat");
  await lanes.start("chat");
  await end();
  expect(runs).toHaveLength(2);
  expect(await lanes.runJob("chat")).toEqual({ kind: "done" });
  await end();
  expect(runs).toHaveLength(3);
  await end();

  expect(await job).toEqual({ kind: "done" });
  expect(runs).toHaveLength(3);
});

test("a lane that has to wait, finds no room or comes at the end is a job", async () => {
  const { lanes, wakes, end } = startLanes(1);

  await lanes.start("waits");
  await lanes.start("no room");
  await end({ kind: "delay", ms: 250 });
  lanes.leave();
  await lanes.start("at the end");

  expect(wakes).toEqual([
    ["replies", "no room"],
    ["replies", "waits", 250],
    ["replies", "at the end"],
  ]);
});
