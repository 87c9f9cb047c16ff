import { Counter, Histogram, type Registry } from "prom-client";
import type { Queues } from "#shared/queues/open-queues.ts";
import { addQueueDepths, createRegistry, secondsBuckets } from "#shared/runtime/metrics.ts";

const collectBudgetMs = 1000;

export interface ApiMetrics {
  readonly registry: Registry;
  observeAccept(provider: string, status: number, seconds: number): void;
  countWebhook(provider: string, outcome: string): void;
}

/** What the API tells of itself at /metrics. */
export function createApiMetrics(queues: Queues): ApiMetrics {
  const registry = createRegistry("api");
  const registers = [registry];
  addQueueDepths(registry, queues, collectBudgetMs);
  const accept = new Histogram({
    name: "switchboard_accept_seconds",
    help: "Time from a webhook's first byte to its answer",
    labelNames: ["provider", "status"],
    buckets: secondsBuckets,
    registers,
  });
  const webhooks = new Counter({
    name: "switchboard_webhooks_total",
    help: "Webhooks by what became of them",
    labelNames: ["provider", "outcome"],
    registers,
  });
  return {
    registry,
    observeAccept: (provider, status, seconds) => accept.observe({ provider, status }, seconds),
    countWebhook: (provider, outcome) => webhooks.inc({ provider, outcome }),
  };
}
