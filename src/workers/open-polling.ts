import type { Config } from "#shared/config/env.ts";
import { createHttp } from "#shared/providers/http.ts";
import type { PollPorts } from "#workers/polling/ports.ts";

type Given = Omit<PollPorts, "http" | "settings">;

/** As large as a webhook may be. */
const mostBytes = 4 * 1024 * 1024;

/** Ties polling to the network; its calls may stay open far longer than a send. */
export function openPolling(config: Config, given: Given) {
  const timeoutMs = config.POLL_WAIT_MS + config.SEND_TIMEOUT_MS;
  const http = createHttp({ timeoutMs, maxBytes: mostBytes });
  const settings = {
    leaseMs: config.POLL_LEASE_MS,
    waitMs: config.POLL_WAIT_MS,
    sweepAfterMs: config.SWEEP_AFTER_MS,
    keptMs: config.WEBHOOKS_KEPT_MS,
  };
  const ports: PollPorts = { ...given, http, settings };
  return { ports, close: () => http.close() };
}
