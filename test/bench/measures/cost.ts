import { z } from "zod";
import type { Bench } from "../bench.ts";
import type { Verdict } from "../check-replies.ts";
import { exchange } from "../exchange.ts";
import { round } from "../percentiles.ts";
import { createProbes } from "../probes.ts";
import { commandsRun, readCommandCalls } from "../redis-commands.ts";
import { withSystem } from "../system.ts";

/** What one turn asks of MongoDB and Redis; everything is divided by the number of messages. */
export interface CostFigures {
  readonly messages: number;
  readonly mongo: readonly MongoCost[];
  readonly mongoCommands: number;
  /** Documents inserted or updated, and keys asked for. */
  readonly documentOperations: number;
  /** Sent by our processes, by command. */
  readonly redisSent: Readonly<Record<string, number>>;
  /** Run by the server, those inside scripts included. */
  readonly redisRun: Readonly<Record<string, number>>;
  readonly verdict: Verdict;
}

interface MongoCost {
  readonly process: string;
  /** `insert webhooks`, `find conversations` …. */
  readonly command: string;
  readonly commands: number;
  readonly operations: number;
  readonly returned: number;
}

const counts = z.object({
  mongo: z.record(
    z.string(),
    z.object({ commands: z.number(), operations: z.number(), returned: z.number() }),
  ),
  redis: z.record(z.string(), z.number()),
});

const latencyMs = 0;

export function measureCost(bench: Bench): Promise<CostFigures> {
  const { seconds, conversations } = bench.flags;
  const probes = createProbes(bench, "count");
  const options = { workers: 1, latencyMs, settings: probes.settings };
  return withSystem(bench, options, async (system) => {
    const from = conversations;
    // Every conversation exists when counting begins: a first message costs more than others.
    await exchange({ system, latencyMs, messages: { from: 0, count: from, conversations } });
    let before: ReadonlyMap<string, number> = new Map();
    let after: ReadonlyMap<string, number> = new Map();
    let seen: readonly unknown[] = [];
    const count = Math.round(seconds * 500);
    const { verdict } = await exchange({
      system,
      latencyMs,
      messages: { from, count, conversations },
      begin: async () => {
        await probes.toggle(system.processes);
        before = await readCommandCalls(system.redis);
      },
    });
    after = await readCommandCalls(system.redis);
    seen = await probes.toggle(system.processes);
    const each = seen.map((one) => counts.parse(one));
    const mongo = each.flatMap((one, place) =>
      mongoCosts(system.processes[place]?.role ?? "", one.mongo, count),
    );
    return {
      messages: count,
      mongo: mongo.toSorted((a, b) => b.operations - a.operations),
      mongoCommands: round(sum(mongo.map(({ commands }) => commands)), 3),
      documentOperations: round(sum(mongo.map(({ operations }) => operations)), 2),
      redisSent: addUp(
        each.map(({ redis }) => redis),
        count,
      ),
      redisRun: commandsRun(before, after, count),
      verdict,
    };
  });
}

const mongoCosts = (
  process: string,
  mongo: z.infer<typeof counts>["mongo"],
  messages: number,
): readonly MongoCost[] =>
  Object.entries(mongo)
    .map(([command, seen]) => ({
      process,
      command,
      commands: round(seen.commands / messages, 3),
      operations: round(seen.operations / messages, 3),
      returned: round(seen.returned / messages, 3),
    }))
    .filter(({ operations }) => operations >= 0.005);

function addUp(all: readonly Readonly<Record<string, number>>[], messages: number) {
  const total: Record<string, number> = {};
  for (const one of all)
    for (const [name, times] of Object.entries(one)) total[name] = (total[name] ?? 0) + times;
  return Object.fromEntries(
    Object.entries(total)
      .map(([name, times]): [string, number] => [name, round(times / messages, 2)])
      .filter(([, times]) => times >= 0.01)
      .toSorted(([, a], [, b]) => b - a),
  );
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
