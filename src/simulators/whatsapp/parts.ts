import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { MediaStore } from "#simulators/media-store.ts";
import type { BusinessNumber, WhatsappSettings } from "./options.ts";
import type { createPostChanges } from "./post-changes.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { ReadReceipt } from "./read-receipt.ts";
import type { ReportStatuses } from "./report-statuses.ts";
import type { ServiceWindows } from "./service-window.ts";
import type { WhatsappSwitches } from "./switches.ts";

/** Everything that the routes of one simulator share. */
export interface WhatsappParts {
  readonly settings: WhatsappSettings;
  readonly switches: WhatsappSwitches;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly background: Background;
  readonly windows: ServiceWindows;
  readonly limits: RateLimits;
  readonly media: MediaStore;
  readonly reads: ReadReceipt[];
  readonly reportStatuses: ReportStatuses;
  readonly webhooks: ReturnType<typeof createPostChanges>;
  /** The first number without an id; throws the GraphError for one that is not ours. */
  readonly findNumber: (id?: string) => BusinessNumber;
}
