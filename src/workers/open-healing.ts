import type { Config } from "#shared/config/env.ts";
import { createHttp } from "#shared/providers/http.ts";
import { healDue } from "#workers/healing/heal-due.ts";
import type { HealPorts } from "#workers/healing/ports.ts";
import { startRepeating, type Repeating } from "#workers/upkeep/start-repeating.ts";

type Given = Omit<HealPorts, "http" | "settings">;

/** A day's record of a busy number, with the small pictures in it. */
const mostBytes = 32 * 1024 * 1024;
/** So often between two looks at a channel it is asked whether one is due. */
const asksPerLook = 10;

/** Each channel's record at its provider is looked into every so often, by one of all workers. */
export function openHealing(config: Config, given: Given): Repeating {
  const { HEAL_EVERY_MS: everyMs, HEAL_AFTER_MS: afterMs } = config;
  if (everyMs === 0) return { stop: () => Promise.resolve() };
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS, maxBytes: mostBytes });
  const settings = {
    everyMs,
    afterMs,
    leaseMs: config.POLL_LEASE_MS,
    sweepAfterMs: config.SWEEP_AFTER_MS,
    keptMs: config.WEBHOOKS_KEPT_MS,
  };
  const ports = { ...given, http, settings };
  const repeating = startRepeating({
    everyMs: everyMs / asksPerLook,
    run: (stopping) => healDue(ports, stopping),
    failedEvent: "heal.failed",
    log: given.log,
  });
  return {
    stop: async () => {
      await repeating.stop();
      await http.close();
    },
  };
}
