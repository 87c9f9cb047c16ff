import type { CostFigures } from "./measures/cost.ts";
import { round } from "./percentiles.ts";
import { table } from "./table.ts";

/** What one turn costs: first all of it, then command by command. */
export const costTables = (cost: CostFigures): readonly string[] => [
  turnTable(cost),
  table(
    ["MongoDB, a turn", "process", "commands", "documents or keys", "returned"],
    cost.mongo.map(({ command, process, commands, operations, returned }) => [
      command,
      process,
      commands,
      operations,
      returned,
    ]),
  ),
  table(["Redis commands sent, a turn", "times"], Object.entries(cost.redisSent)),
  table(["Redis commands run, scripts' own included", "times"], Object.entries(cost.redisRun)),
];

const counted = [
  { key: "mongoCommands", name: "MongoDB commands", digits: 3 },
  { key: "documentOperations", name: "documents or keys", digits: 2 },
  { key: "bytesToMongo", name: "bytes to MongoDB", digits: 0 },
  { key: "bytesFromMongo", name: "bytes from MongoDB", digits: 0 },
  { key: "redisCommands", name: "Redis commands", digits: 2 },
  { key: "bytesToRedis", name: "bytes to Redis", digits: 0 },
  { key: "bytesFromRedis", name: "bytes from Redis", digits: 0 },
] as const;

/** The bench's own driver and provider are nobody's cost. */
const isOurs = (process: string): boolean => process !== "driver" && process !== "provider";

function turnTable({ processes, cpuMsPerTurn }: CostFigures): string {
  const columns = Object.keys(cpuMsPerTurn).filter(isOurs);
  return table(
    ["a turn", ...columns, "all"],
    [
      ...counted.map(({ key, name, digits }) =>
        row(
          name,
          digits,
          columns.map((column) => processes[column]?.[key]),
        ),
      ),
      row(
        "CPU ms",
        2,
        columns.map((column) => cpuMsPerTurn[column]),
      ),
    ],
  );
}

function row(name: string, digits: number, values: readonly (number | undefined)[]) {
  const all = values.reduce<number>((sum, value = 0) => sum + value, 0);
  const cells = [...values, all].map((value) => (value === undefined ? "" : round(value, digits)));
  return [name, ...cells];
}
