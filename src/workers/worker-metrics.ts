import { Counter, Histogram, type Registry } from "prom-client";
import { createRegistry, secondsBuckets } from "#shared/runtime/metrics.ts";

export interface WorkerMetrics {
  readonly registry: Registry;
  readonly observeJob: (queue: string, outcome: string, ms: number) => void;
  readonly observeTurn: (ms: number) => void;
  readonly countSend: (provider: string, outcome: string) => void;
  readonly countBackfilled: (provider: string, messages: number) => void;
}

/** What a worker tells of itself at /metrics. */
export function createWorkerMetrics(): WorkerMetrics {
  const registry = createRegistry("worker");
  const registers = [registry];
  const jobs = new Histogram({
    name: "switchboard_job_seconds",
    help: "Time of one job by queue and outcome",
    labelNames: ["queue", "outcome"],
    buckets: secondsBuckets,
    registers,
  });
  const turns = new Histogram({
    name: "switchboard_turn_seconds",
    help: "Time of one turn, from its computation to the end of its flush",
    buckets: secondsBuckets,
    registers,
  });
  const sends = new Counter({
    name: "switchboard_sends_total",
    help: "Attempts to send by provider and outcome",
    labelNames: ["provider", "outcome"],
    registers,
  });
  const backfilled = new Counter({
    name: "switchboard_backfilled_total",
    help: "Messages that had not arrived and were found in the provider's own record",
    labelNames: ["provider"],
    registers,
  });
  return {
    registry,
    observeJob: (queue, outcome, ms) => jobs.observe({ queue, outcome }, ms / 1000),
    observeTurn: (ms) => turns.observe(ms / 1000),
    countSend: (provider, outcome) => sends.inc({ provider, outcome }),
    countBackfilled: (provider, messages) => backfilled.inc({ provider }, messages),
  };
}
