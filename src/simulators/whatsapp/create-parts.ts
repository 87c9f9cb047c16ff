import { createBackground } from "#simulators/background.ts";
import { createFaults } from "#simulators/faults.ts";
import { createLedger } from "#simulators/ledger.ts";
import { createMediaStore } from "#simulators/media-store.ts";
import { refuseUnknownObject } from "./graph-error.ts";
import type { BusinessNumber, WhatsappSettings } from "./options.ts";
import type { WhatsappParts } from "./parts.ts";
import { createPostChanges } from "./post-changes.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createReportStatuses } from "./report-statuses.ts";
import { createServiceWindows } from "./service-window.ts";
import { createWhatsappSwitches } from "./switches.ts";

export function createParts(settings: WhatsappSettings): WhatsappParts {
  const switches = createWhatsappSwitches();
  const faults = createFaults({ switches });
  const background = createBackground();
  const ledger = createLedger({ file: settings.ledgerFile });
  const webhooks = createPostChanges({ settings, switches, background });
  const { postChanges } = webhooks;
  return {
    settings,
    switches,
    faults,
    background,
    webhooks,
    ledger,
    windows: createServiceWindows(settings.now),
    limits: createRateLimits(settings),
    media: createMediaStore(),
    reads: [],
    reportStatuses: createReportStatuses({
      settings,
      switches,
      faults,
      background,
      ledger,
      postChanges,
    }),
    findNumber: (id) => findNumber(settings, id),
  };
}

function findNumber({ phoneNumbers }: WhatsappSettings, id: string | undefined): BusinessNumber {
  const number = phoneNumbers.find((known) => id === undefined || known.id === id);
  if (number === undefined) throw refuseUnknownObject("post", String(id));
  return number;
}
