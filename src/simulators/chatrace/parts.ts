import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { MediaStore } from "#simulators/media-store.ts";
import type { PostWebhook } from "#simulators/post-webhook.ts";
import type { Contacts } from "./contacts.ts";
import type { Inbox } from "./inbox.ts";
import type { ChatraceConfig } from "./options.ts";
import type { ChatraceSwitches } from "./switches.ts";

/** Everything that the routes of one simulator share. */
export interface ChatraceParts {
  readonly config: ChatraceConfig;
  readonly switches: ChatraceSwitches;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly background: Background;
  readonly contacts: Contacts;
  readonly inbox: Inbox;
  /** Files of customers' messages. */
  readonly media: MediaStore;
  /** Where they lie: this simulator's own address, once it listens. */
  readonly place: { url: string };
  /** Where External Requests go just now. */
  readonly webhook: { url: string };
  readonly post: PostWebhook;
  readonly closeClient: () => Promise<void>;
}
