import { expect, test } from "vitest";
import { costTables } from "./cost-tables.ts";

test("one table tells what each process asks and takes for a turn, and all of them together", () => {
  const api = {
    mongoCommands: 0.04,
    documentOperations: 1,
    redisCommands: 2,
    bytesToMongo: 900,
    bytesFromMongo: 30,
    bytesToRedis: 400,
    bytesFromRedis: 70,
  };
  const [turn] = costTables({
    messages: 10,
    processes: { api, workers: { ...api, bytesToMongo: 1100 } },
    cpuMsPerTurn: { api: 0.4, workers: 0.75, redis: 0.2, driver: 5, provider: 5 },
    documentOperations: 2,
    mongo: [],
    redisSent: {},
    redisRun: {},
    verdict: { lost: 0, doubled: 0, strange: 0, reordered: 0 },
  });

  expect(turn?.split("\n")).toEqual(
    expect.arrayContaining([
      "| a turn | api | workers | redis | all |",
      "| bytes to MongoDB | 900 | 1100 |  | 2000 |",
      "| CPU ms | 0.4 | 0.75 | 0.2 | 1.35 |",
    ]),
  );
});
