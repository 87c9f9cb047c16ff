import type { Bench } from "../bench.ts";
import { addVerdicts, type Verdict } from "../check-replies.ts";
import type { CpuMs } from "../cpu-groups.ts";
import { exchange } from "../exchange.ts";
import { measureLoad, type LoadFigures } from "../load.ts";
import type { Messages } from "../messages.ts";
import { round } from "../percentiles.ts";
import { createProbes } from "../probes.ts";
import { commandsRun, readCommandCalls } from "../redis-commands.ts";
import { withSystem, type System } from "../system.ts";
import { costOfTurn, counts, type Counts, type TurnCost } from "../turn-cost.ts";

/** What one turn asks of MongoDB and Redis; everything is divided by the number of messages. */
export interface CostFigures {
  readonly messages: number;
  readonly processes: Readonly<Record<string, TurnCost>>;
  readonly cpuMsPerTurn: CpuMs;
  readonly documentOperations: number;
  readonly mongo: readonly MongoCost[];
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

const latencyMs = 0;

/** Counted in one run and timed in another: counting takes CPU of its own. */
export async function measureCost(bench: Bench): Promise<CostFigures> {
  const counted = await countTurns(bench);
  const { cpuMsPerTurn, verdict } = await timeTurns(bench);
  return { ...counted, cpuMsPerTurn, verdict: addVerdicts(counted.verdict, verdict) };
}

/** `flow`: of the bot; by default it says one message. */
export function countTurns(
  bench: Bench,
  flow?: unknown,
): Promise<Omit<CostFigures, "cpuMsPerTurn">> {
  const probes = createProbes(bench, "count");
  const options = { workers: 1, latencyMs, flow, settings: probes.settings };
  return withSystem(bench, options, async (system) => {
    const messages = await warmUp(bench, system);
    const { count } = messages;
    let before: ReadonlyMap<string, number> = new Map();
    const { verdict } = await exchange({
      system,
      latencyMs,
      messages,
      begin: async () => {
        await probes.toggle(system.processes);
        before = await readCommandCalls(system.redis);
      },
    });
    const after = await readCommandCalls(system.redis);
    const seen = (await probes.toggle(system.processes)).map((one) => counts.parse(one));
    const roles = system.processes.map(({ role }) => role);
    const mongo = seen.flatMap((one, place) => mongoCosts(roles[place] ?? "", one.mongo, count));
    const costs = seen.map((one) => costOfTurn(one, count, bench));
    return {
      messages: count,
      processes: Object.fromEntries(costs.map((cost, place) => [roles[place] ?? "", cost])),
      documentOperations: round(sum(costs.map((cost) => cost.documentOperations)), 2),
      mongo: mongo.toSorted((a, b) => b.operations - a.operations),
      redisSent: addUp(
        seen.map(({ redis }) => redis),
        count,
      ),
      redisRun: commandsRun(before, after, count),
      verdict,
    };
  });
}

export const timeTurns = (bench: Bench, flow?: unknown): Promise<LoadFigures> =>
  withSystem(bench, { workers: 1, latencyMs, flow }, async (system) => {
    const messages = await warmUp(bench, system);
    return measureLoad(bench, { system, messages, latencyMs });
  });

/** Every conversation exists when counting begins: a first message costs more than others. */
async function warmUp({ flags }: Bench, system: System): Promise<Messages> {
  const { seconds, conversations } = flags;
  const messages = { from: 0, count: conversations, conversations };
  await exchange({ system, latencyMs, messages });
  return { from: conversations, count: Math.round(seconds * 500), conversations };
}

const mongoCosts = (
  process: string,
  mongo: Counts["mongo"],
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
