import type { HotFigures } from "./measures/hot.ts";
import type { ScaleFigures } from "./measures/scale.ts";
import { round } from "./percentiles.ts";
import { table } from "./table.ts";

export const hotTable = ({
  rounds,
  coldPerSecond,
  hotPerSecond,
  idle,
  beside,
  hot,
  ratio,
}: HotFigures) =>
  table(
    [`webhook → reply, median of ${rounds} rounds`, "p50 ms", "p99 ms", "p99 of idle's"],
    [
      [`cold, ${coldPerSecond}/s, nothing else`, idle.p50Ms, idle.p99Ms, 1],
      [`cold, beside ${hotPerSecond}/s into one`, beside.p50Ms, beside.p99Ms, ratio],
      ["that one", hot.p50Ms, hot.p99Ms, ""],
    ],
  );

export const scaleTables = ({ workers, conversations }: ScaleFigures) => [
  table(
    ["workers", "provider ms", "replies/s", "steady/s", "ratio"],
    workers.map((each) => [
      each.workers,
      each.latencyMs,
      each.perSecond,
      each.steadyPerSecond,
      each.ratio,
    ]),
  ),
  table(
    [
      "conversations",
      "replies/s to their first messages",
      "replies/s",
      "steady/s",
      "ratio",
      "accept p99 ms",
      "CPU ms a turn",
    ],
    conversations.map((each) => [
      each.conversations,
      each.firstPerSecond ?? "",
      each.perSecond,
      each.steadyPerSecond,
      each.ratio,
      each.acceptP99Ms,
      round(
        Object.values(each.cpuMsPerTurn).reduce((sum, ms) => sum + ms, 0),
        2,
      ),
    ]),
  ),
];
