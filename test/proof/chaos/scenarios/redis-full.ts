import type { Cluster } from "../cluster.ts";
import { proveOutage, redisLimits } from "./outage.ts";
import type { Scenario } from "./scenario.ts";

const setMost = async ({ redis }: Cluster, bytes: number): Promise<void> =>
  void (await redis.config("SET", "maxmemory", bytes));

export const redisFull: Scenario = {
  claim:
    "Redis full (maxmemory, noeviction) for a minute under 200/s (or what --messages makes of it): every accept 200, p99 under 1 s, drained within 30 s after",
  alone: { messages: 0, seconds: 60 },
  together: { messages: 0, seconds: 60 },
  run: (given) =>
    proveOutage(given, {
      limits: redisLimits,
      // Less than it holds already: every command that may need memory is refused.
      begin: (cluster) => setMost(cluster, 1_000_000),
      end: (cluster) => setMost(cluster, 0),
    }),
};
