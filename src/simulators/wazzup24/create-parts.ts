import { createBackground } from "#simulators/background.ts";
import { createFaults } from "#simulators/faults.ts";
import { createLedger } from "#simulators/ledger.ts";
import { createMediaStore } from "#simulators/media-store.ts";
import { createCrmKeys } from "./crm-keys.ts";
import type { WazzupConfig } from "./options.ts";
import type { WazzupParts } from "./parts.ts";
import { createPostWebhooks } from "./post-webhooks.ts";
import { reportStateChanges } from "./report-state.ts";
import { createReportStatuses } from "./report-statuses.ts";
import { createWazzupSwitches } from "./switches.ts";

export function createParts(config: WazzupConfig): WazzupParts {
  const switches = createWazzupSwitches();
  const faults = createFaults({ switches });
  const background = createBackground();
  const ledger = createLedger({ file: config.ledgerFile });
  const webhooks = createPostWebhooks({ config, switches, background });
  reportStateChanges({ config, switches, webhooks });
  return {
    config,
    switches,
    faults,
    background,
    webhooks,
    ledger,
    media: createMediaStore(),
    place: { url: "" },
    keys: createCrmKeys({ windowMs: config.keyWindowMs, now: config.now }),
    reportStatuses: createReportStatuses({
      config,
      switches,
      faults,
      background,
      ledger,
      webhooks,
    }),
  };
}
