import { costTables } from "./cost-tables.ts";
import { engineTable } from "./engine-table.ts";
import type { RepliesFigures } from "./measures/replies.ts";
import { round } from "./percentiles.ts";
import type { Results } from "./results.ts";
import type { ProfileSummary } from "./summarize-profile.ts";
import { hotTable, scaleTables } from "./scale-tables.ts";
import { table } from "./table.ts";

/** The results as Markdown, for people. */
export function describeResults(results: Results): string {
  const { machine, goals, accept, replies, latency, cost, hot, engine, scale, profile } = results;
  return [
    `${machine.cores} × ${machine.cpu}, Node ${machine.node}, Redis ${machine.redis}, ${machine.mongodb}`,
    table(
      ["goal", "wanted", "measured", ""],
      goals.map(({ name, goal, measured, isMet }) => [name, goal, measured, isMet ? "met" : "no"]),
    ),
    ...(accept === undefined
      ? []
      : [
          table(
            [`accept, median of ${accept.rounds} rounds`, "per second", "p50 ms", "p99 ms"],
            [
              ["Switchboard", accept.ours.perSecond, accept.ours.p50Ms, accept.ours.p99Ms],
              ["bare Express", accept.bare.perSecond, accept.bare.p50Ms, accept.bare.p99Ms],
            ],
          ),
        ]),
    ...(replies === undefined ? [] : [repliesTable(replies), cpuTable(replies, machine.cores)]),
    ...(latency === undefined
      ? []
      : [
          table(
            ["webhook → reply at", "p50 ms", "p99 ms", "accept p50 ms", "accept p99 ms"],
            [
              [
                `${latency.perSecond}/s`,
                latency.p50Ms,
                latency.p99Ms,
                latency.acceptP50Ms,
                latency.acceptP99Ms,
              ],
            ],
          ),
        ]),
    ...(cost === undefined ? [] : costTables(cost)),
    ...(hot === undefined ? [] : [hotTable(hot)]),
    ...(engine === undefined ? [] : [engineTable(engine)]),
    ...(scale === undefined ? [] : scaleTables(scale)),
    ...Object.entries(profile?.processes ?? {}).flatMap(([name, { flameGraph, ...summary }]) => [
      ...profileTables(name, summary),
      `flame graph: ${flameGraph}`,
    ]),
  ].join("\n\n");
}

const repliesTable = (replies: readonly RepliesFigures[]): string =>
  table(
    [
      "workers",
      "provider ms",
      "messages",
      "replies/s",
      "steady/s",
      "accepted/s",
      "accept p50 ms",
      "accept p99 ms",
      "lost",
      "doubled",
      "reordered",
    ],
    replies.map((each) => [
      each.workers,
      each.latencyMs,
      each.messages,
      each.perSecond,
      each.steadyPerSecond,
      each.acceptPerSecond,
      each.acceptP50Ms,
      each.acceptP99Ms,
      each.verdict.lost,
      each.verdict.doubled,
      each.verdict.reordered,
    ]),
  );

/** `room for`: replies a second on all cores, if nothing else ran on them. */
function cpuTable(replies: readonly RepliesFigures[], cores: number): string {
  const groups = Object.keys(replies[0]?.cpuMsPerTurn ?? {});
  return table(
    ["CPU ms a turn", ...groups, "all", "room for"],
    replies.map(({ workers, latencyMs, cpuMsPerTurn }) => {
      const each = groups.map((group) => cpuMsPerTurn[group] ?? 0);
      const all = each.reduce((sum, ms) => sum + ms, 0);
      return [
        `${workers} workers, ${latencyMs} ms`,
        ...each.map((ms) => round(ms, 2)),
        round(all, 2),
        round((cores * 1000) / all),
      ];
    }),
  );
}

const profileTables = (name: string, { busyMs, idleMs, functions, parts }: ProfileSummary) => [
  `${name}: busy ${busyMs} ms, idle ${idleMs} ms`,
  table(
    ["part", "self %"],
    parts.map((each) => [each.name, each.percent]),
  ),
  table(
    ["function", "self %"],
    functions.map((each) => [each.name, each.percent]),
  ),
];
