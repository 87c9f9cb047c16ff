import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Queues } from "#shared/queues/open-queues.ts";

/** From a fast answer to one that has waited for every time limit on the way. */
export const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** A registry of its own with the process's figures; nothing global, so tests may have many. */
export function createRegistry(role: "api" | "worker"): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ role });
  collectDefaultMetrics({ register: registry });
  return registry;
}

const states = ["waiting", "active", "delayed", "prioritized", "failed"] as const;

/** Depths are asked for at each scrape; a queue that does not answer in time is left out. */
export function addQueueDepths(registry: Registry, queues: Queues, budgetMs: number): void {
  const gauge: Gauge<"queue" | "state"> = new Gauge({
    name: "switchboard_queue_jobs",
    help: "Jobs by queue and state",
    labelNames: ["queue", "state"],
    registers: [registry],
    collect: async () => {
      gauge.reset();
      await Promise.race([setDepths(gauge, queues), afterMs(budgetMs)]);
    },
  });
}

async function setDepths(gauge: Gauge<"queue" | "state">, queues: Queues): Promise<void> {
  const asked = Object.entries(queues).map(async ([queue, each]) => {
    const counts = await each.getJobCounts(...states);
    for (const state of states) gauge.set({ queue, state }, counts[state] ?? 0);
  });
  await Promise.allSettled(asked);
}

const afterMs = (budgetMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, budgetMs).unref();
  });
