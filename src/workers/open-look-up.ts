import type { Config } from "#shared/config/env.ts";
import type { Log } from "#shared/runtime/log.ts";
import { lookUpContacts, type LookUpPorts } from "#workers/contacts/look-up-contacts.ts";
import type { OpenWorker } from "#workers/open-worker.ts";
import { startRepeating, type Repeating } from "#workers/upkeep/start-repeating.ts";

const everyMs = 1000;

/** Asks for names beside the turns, as long as the worker runs. */
export function openLookUp(config: Config, opened: OpenWorker, log: Log): Repeating {
  const { lane, models, nameless } = opened;
  const ports: LookUpPorts = {
    ...lane,
    claim: (tenantId, id) => models.contacts.claimLookUp(tenantId, id, new Date(lane.now())),
    free: models.contacts.freeLookUp,
    timeoutMs: config.SEND_TIMEOUT_MS,
    log,
  };
  return startRepeating({
    everyMs,
    run: (stopping) => lookUpContacts(ports, nameless, stopping),
    failedEvent: "contacts.failed",
    log,
  });
}
