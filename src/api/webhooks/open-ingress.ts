import type { ApiDeps } from "#api/deps.ts";
import type { AcceptDeps } from "#api/webhooks/accept.ts";
import { createDurableCheck } from "#api/webhooks/check-durable.ts";
import { createDeliveries } from "#api/webhooks/delivery.ts";
import { createKeepUnclaimed } from "#api/webhooks/keep-unclaimed.ts";
import type { Ingress } from "#api/webhooks/mount-webhooks.ts";
import { createNoteSeen } from "#api/webhooks/note-seen.ts";
import { createQueueSink } from "#api/webhooks/queue-sink.ts";
import { createStore } from "#api/webhooks/store.ts";
import { createTellReceived } from "#api/webhooks/tell-received.ts";
import { createVerify } from "#api/webhooks/verify.ts";
import { createWakeUp } from "#api/webhooks/wake-up.ts";

/** Puts together what accepting needs. */
export function openIngress(api: ApiDeps): Ingress {
  return { api, accepting: openAccepting(api), readDelivery: createDeliveries() };
}

function openAccepting(api: ApiDeps): AcceptDeps {
  const { config, log, models, directory, background } = api;
  return {
    directory,
    background,
    tell: createTellReceived(config, log),
    lookUpMs: config.JOURNAL_TIMEOUT_MS,
    times: { sweepAfterMs: config.SWEEP_AFTER_MS, keptMs: config.WEBHOOKS_KEPT_MS },
    verify: createVerify(config, log),
    store: createStore({ config, log, sinks: openSinks(api) }),
    wakeUp: createWakeUp(api.wake, background, config),
    keepUnclaimed: createKeepUnclaimed(models.webhooks),
    noteSeen: createNoteSeen(models, background),
  };
}

const openSinks = ({ config, models, queues, redis }: ApiDeps) => ({
  journal: models.webhooks.insert,
  queue: createQueueSink({
    queue: queues.webhooks,
    encryptionKey: config.ENCRYPTION_KEY,
    checkDurable: createDurableCheck(redis),
  }),
});
