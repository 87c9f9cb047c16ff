import { setTimeout as wait } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { queueNames } from "../../../../src/shared/queues/queues.ts";
import type { TestSystem } from "../../../support/system.ts";

/** What the workers have not finished. */
interface Rest {
  readonly journal: number;
  readonly sends: number;
  readonly jobs: number;
}

const everyMs = 250;
const patienceMs = 60_000;

/** Waits until nothing is left, or nothing has moved for a minute; answers what is left then. */
export async function workOff(system: TestSystem, redisUrl: string): Promise<Rest> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queues = queueNames.map((name) => new Queue(name, { connection, prefix: system.name }));
  let last = "";
  let movedAt = performance.now();
  try {
    for (;;) {
      const rest = await readRest(system, queues);
      const isDone = rest.journal + rest.sends + rest.jobs === 0;
      if (JSON.stringify(rest) !== last) movedAt = performance.now();
      last = JSON.stringify(rest);
      if (isDone || performance.now() - movedAt > patienceMs) return rest;
      await wait(everyMs);
    }
  } finally {
    connection.disconnect();
  }
}

async function readRest({ database }: TestSystem, queues: readonly Queue[]): Promise<Rest> {
  const counts = await Promise.all(
    queues.map((queue) =>
      queue.getJobCounts("waiting", "active", "delayed", "prioritized", "failed"),
    ),
  );
  return {
    journal: await database.collection("webhooks").countDocuments({ sweepAt: { $exists: true } }),
    sends: await database.collection("outgoing").countDocuments({ open: { $exists: true } }),
    jobs: counts.flatMap((each) => Object.values(each)).reduce((sum, count) => sum + count, 0),
  };
}

/** What is stuck, as faults. */
export const tellRest = (rest: Rest): readonly string[] =>
  Object.entries(rest).flatMap(([what, count]: [string, number]) =>
    count === 0 ? [] : [`${count} ${what} are stuck`],
  );

/** An operator who lifts every pause: hostile bodies tell of blocked accounts, too. */
export function liftPauses({ database }: TestSystem) {
  const stopping = new AbortController();
  const lift = () =>
    database
      .collection("channels")
      .updateMany(
        { paused: { $exists: true } },
        { $unset: { paused: "" }, $set: { updatedAt: new Date() } },
      );
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await lift();
      await wait(everyMs);
    }
  };
  const running = run();
  return {
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
}
