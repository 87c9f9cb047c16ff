import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { MediaStore } from "#simulators/media-store.ts";
import type { InstanceSettings } from "./instance-settings.ts";
import type { Journal } from "./journal.ts";
import type { Notifications } from "./notifications.ts";
import type { GreenApiConfig } from "./options.ts";
import type { SendQueue } from "./send-queue.ts";
import type { GreenApiSwitches } from "./switches.ts";

/** Everything that the methods of one simulator share. */
export interface GreenApiParts {
  readonly config: GreenApiConfig;
  readonly switches: GreenApiSwitches;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly background: Background;
  readonly instance: InstanceSettings;
  readonly journal: Journal;
  readonly notifications: Notifications;
  readonly queue: SendQueue;
  /** Files of customers, and those that were uploaded. */
  readonly media: MediaStore;
  /** Where they lie: this simulator's own address, once it listens. */
  readonly place: { url: string };
  readonly closeClient: () => Promise<void>;
}
