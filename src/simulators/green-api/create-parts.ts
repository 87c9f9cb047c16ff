import { createBackground } from "#simulators/background.ts";
import { createFaults } from "#simulators/faults.ts";
import { createLedger } from "#simulators/ledger.ts";
import { createMediaStore } from "#simulators/media-store.ts";
import { createPostWebhook } from "#simulators/post-webhook.ts";
import { createDeliverMessage } from "./deliver-message.ts";
import { createInstanceSettings } from "./instance-settings.ts";
import { createJournal } from "./journal.ts";
import { createNotifications } from "./notifications.ts";
import type { GreenApiConfig } from "./options.ts";
import type { GreenApiParts } from "./parts.ts";
import { reportStateChanges } from "./report-state.ts";
import { createSendQueue } from "./send-queue.ts";
import { createGreenApiSwitches } from "./switches.ts";

export function createParts(config: GreenApiConfig): GreenApiParts {
  const switches = createGreenApiSwitches();
  const faults = createFaults({ switches });
  const background = createBackground();
  const { signal } = background;
  const client = createPostWebhook({ signal, timeoutMs: config.webhookTimeoutMs });
  const instance = createInstanceSettings(config);
  const delayMs = (): number => switches.now.historyDelayMs;
  const journal = createJournal({ now: config.now, delayMs });
  const notifications = createNotifications({
    background,
    instance,
    post: client.post,
    copies: () => switches.now.duplicateWebhooks,
    retryMs: config.webhookRetryMs,
  });
  const ledger = createLedger({ file: config.ledgerFile });
  const shared = { config, switches, faults, background, instance, journal, notifications, ledger };
  const deliver = createDeliverMessage(shared);
  reportStateChanges(shared);
  return {
    ...shared,
    media: createMediaStore(),
    place: { url: "" },
    queue: createSendQueue({ background, instance, switches, deliver }),
    closeClient: () => client.close(),
  };
}
