import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { MediaStore } from "#simulators/media-store.ts";
import type { CrmKeys } from "./crm-keys.ts";
import type { WazzupConfig } from "./options.ts";
import type { PostWebhooks } from "./post-webhooks.ts";
import type { WazzupSwitches } from "./switches.ts";

/** Everything that the routes of one simulator share. */
export interface WazzupParts {
  readonly config: WazzupConfig;
  readonly switches: WazzupSwitches;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly background: Background;
  readonly webhooks: PostWebhooks;
  readonly keys: CrmKeys;
  /** Files of customers' messages. */
  readonly media: MediaStore;
  /** Where they lie: this simulator's own address, once it listens. */
  readonly place: { url: string };
  readonly reportStatuses: (messageId: string) => void;
}
