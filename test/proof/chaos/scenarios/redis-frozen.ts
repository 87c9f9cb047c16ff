import { proveOutage, redisLimits } from "./outage.ts";
import type { Scenario } from "./scenario.ts";

export const redisFrozen: Scenario = {
  claim:
    "Redis frozen for a minute under 200/s (or what --messages makes of it): every accept 200, p99 under 1 s, drained within 30 s after",
  alone: { messages: 0, seconds: 60 },
  together: { messages: 0, seconds: 60 },
  run: (given) =>
    proveOutage(given, {
      limits: redisLimits,
      begin: ({ redisControl }) => redisControl.pause(),
      end: ({ redisControl }) => redisControl.resume(),
    }),
};
