import { isClean, type Verdict } from "./check-replies.ts";
import type { Machine } from "./machine.ts";
import type { AcceptFigures } from "./measures/accept.ts";
import type { CostFigures } from "./measures/cost.ts";
import type { EngineFigures } from "./measures/engine.ts";
import type { HotFigures } from "./measures/hot.ts";
import type { LatencyFigures } from "./measures/latency.ts";
import type { ProfileFigures } from "./measures/profile.ts";
import type { RepliesFigures } from "./measures/replies.ts";
import type { ScaleFigures } from "./measures/scale.ts";

/** Everything that one run measured; what was not asked for is absent. */
export interface Results {
  readonly claim: "bench";
  /** Every message had exactly one reply, in order. */
  readonly ok: boolean;
  readonly at: string;
  readonly machine: Machine;
  readonly conversations: number;
  /** What `--set` changed. */
  readonly settings: Readonly<Record<string, string>>;
  readonly accept: AcceptFigures | undefined;
  readonly replies: readonly RepliesFigures[] | undefined;
  readonly latency: LatencyFigures | undefined;
  readonly cost: CostFigures | undefined;
  readonly hot: HotFigures | undefined;
  readonly engine: EngineFigures | undefined;
  readonly scale: ScaleFigures | undefined;
  readonly profile: ProfileFigures | undefined;
  readonly processes: Readonly<Record<"api" | "workers", ProcessFigures>>;
  readonly goals: readonly Goal[];
}

interface ProcessFigures {
  /** Median over all starts. */
  readonly readyMs: number;
  readonly peakMb: number;
}

interface Goal {
  readonly name: string;
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
}

type Measured = Omit<Results, "claim" | "ok" | "at" | "goals">;

/** Judges what was measured. */
export function judge(measured: Measured): Results {
  const { replies = [], latency, cost, hot, engine, scale, profile } = measured;
  const scaled = [...(scale?.workers ?? []), ...(scale?.conversations ?? [])];
  const verdicts: Verdict[] = [...replies, latency, cost, hot, engine, ...scaled, profile].flatMap(
    (one) => (one === undefined ? [] : [one.verdict]),
  );
  return {
    claim: "bench",
    ok: verdicts.every(isClean),
    at: new Date().toISOString(),
    ...measured,
    goals: [...speedGoals(measured), ...engineGoals(measured), ...processGoals(measured)],
  };
}

function speedGoals({ accept, replies, cost, hot }: Measured): readonly Goal[] {
  const goals: Goal[] = [];
  if (accept !== undefined) {
    const { ours, ratio } = accept;
    goals.push(atLeast("accept, of bare Express's rate", 0.2, ratio));
    goals.push(atMost("accept p99 at 50 in flight, ms", 100, ours.p99Ms));
  }
  const atOnce = replies?.filter(({ latencyMs }) => latencyMs === 0) ?? [];
  if (atOnce.length > 0) {
    const best = Math.max(...atOnce.map(({ steadyPerSecond }) => steadyPerSecond));
    goals.push(atLeast("replies/s at 0 ms, the best of the workers", 1300, best));
  }
  if (cost !== undefined)
    goals.push(atMost("document operations a turn", 10, cost.documentOperations));
  if (hot !== undefined)
    goals.push(atMost("p99 beside a hot conversation, of an idle system's", 1.5, hot.ratio));
  return goals;
}

const engineGoals = ({ engine }: Measured): readonly Goal[] =>
  engine === undefined
    ? []
    : [
        atMost("writes that a long flow adds to a turn", 0, engine.addedWrites),
        atMost("CPU of a long flow's turn, of one message's", 1.1, engine.cpuRatio),
      ];

const processGoals = ({ processes }: Measured): readonly Goal[] =>
  Object.entries(processes).flatMap(([role, { readyMs, peakMb }]) =>
    peakMb === 0
      ? []
      : [
          atMost(`${role}: RSS at its highest, MB`, 150, peakMb),
          atMost(`${role}: ready after ms`, 2000, readyMs),
        ],
  );

const atLeast = (name: string, least: number, value: number): Goal => ({
  name,
  goal: `≥ ${least}`,
  measured: String(value),
  isMet: value >= least,
});

const atMost = (name: string, most: number, value: number): Goal => ({
  name,
  goal: `≤ ${most}`,
  measured: String(value),
  isMet: value <= most,
});
