import type { Bench } from "../bench.ts";
import { addVerdicts, type Verdict } from "../check-replies.ts";
import type { LoadFigures } from "../load.ts";
import { median, round } from "../percentiles.ts";
import { expectFlow } from "../../../src/shared/bot/test-flows.ts";
import { timeAdvance } from "../time-advance.ts";
import { flows } from "./engine-flows.ts";
import { countTurns, timeTurns } from "./cost.ts";

/** What a flow of many nodes costs next to one that only says its message; timed in alternating rounds. */
export interface EngineFigures {
  readonly rounds: number;
  readonly flows: readonly FlowFigures[];
  /** Documents that the long flow writes beyond those of one message. */
  readonly addedWrites: number;
  /** The long flow's CPU, of one message's. */
  readonly cpuRatio: number;
  readonly verdict: Verdict;
}

interface FlowFigures {
  readonly name: string;
  readonly nodes: number;
  /** Documents inserted and updated a turn. */
  readonly writes: number;
  /** And keys that were asked for: these vary with how many messages a batch had. */
  readonly documentOperations: number;
  /** Of everything but the driver and the provider; the median round. */
  readonly cpuMs: number;
  readonly workerCpuMs: number;
  /** Of these, what the engine itself takes, measured alone. */
  readonly engineUs: number;
}

type FlowName = keyof typeof flows;

export async function measureEngine(bench: Bench): Promise<EngineFigures> {
  const rounds = bench.flags.isQuick ? 1 : 5;
  const names: readonly FlowName[] = ["message", "long", "saved"];
  const timed = new Map<FlowName, LoadFigures[]>(names.map((name) => [name, []]));
  for (let pass = 0; pass < rounds; pass += 1)
    // There and back again: a machine that grows slower harms all alike.
    for (const name of pass % 2 === 0 ? names : names.toReversed())
      timed.get(name)?.push(await timeTurns(bench, flows[name]));
  const seen = new Map<FlowName, FlowFigures>();
  const verdicts = [...timed.values()].flat().map(({ verdict }) => verdict);
  for (const name of names) {
    const counted = await countTurns(bench, flows[name]);
    verdicts.push(counted.verdict);
    const { documentOperations } = counted;
    const writes = counted.mongo.filter(({ command }) => !command.startsWith("find "));
    const loads = timed.get(name) ?? [];
    seen.set(name, {
      name,
      nodes: flows[name].nodes.length,
      writes: round(
        writes.reduce((sum, { operations }) => sum + operations, 0),
        2,
      ),
      documentOperations,
      cpuMs: round(median(loads.map((load) => ofSystem(load))), 2),
      workerCpuMs: round(median(loads.map((load) => load.cpuMsPerTurn["workers"] ?? 0)), 2),
      engineUs: round(timeAdvance(expectFlow(flows[name]))),
    });
    bench.say(`${name}: ${JSON.stringify(seen.get(name))}`);
  }
  const of = (name: FlowName, key: "writes" | "cpuMs"): number => seen.get(name)?.[key] ?? 0;
  return {
    rounds,
    flows: [...seen.values()],
    addedWrites: round(of("long", "writes") - of("message", "writes"), 1),
    cpuRatio: round(of("long", "cpuMs") / of("message", "cpuMs"), 2),
    verdict: addVerdicts(...verdicts),
  };
}

const isOurs = ([name]: readonly [string, number]): boolean =>
  name !== "driver" && name !== "provider";

const ofSystem = ({ cpuMsPerTurn }: LoadFigures): number =>
  Object.entries(cpuMsPerTurn)
    .filter(isOurs)
    .reduce((sum, [, ms]) => sum + ms, 0);
