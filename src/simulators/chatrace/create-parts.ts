import { createBackground } from "#simulators/background.ts";
import { createFaults } from "#simulators/faults.ts";
import { createLedger } from "#simulators/ledger.ts";
import { createMediaStore } from "#simulators/media-store.ts";
import { createPostWebhook } from "#simulators/post-webhook.ts";
import { createContacts } from "./contacts.ts";
import { createInbox } from "./inbox.ts";
import type { ChatraceConfig } from "./options.ts";
import type { ChatraceParts } from "./parts.ts";
import { createChatraceSwitches } from "./switches.ts";

export function createParts(config: ChatraceConfig): ChatraceParts {
  const switches = createChatraceSwitches();
  const background = createBackground();
  const { signal } = background;
  const client = createPostWebhook({ signal, timeoutMs: config.webhookTimeoutMs });
  return {
    config,
    switches,
    background,
    faults: createFaults({ switches }),
    ledger: createLedger({ file: config.ledgerFile }),
    contacts: createContacts(),
    media: createMediaStore(),
    place: { url: "" },
    inbox: createInbox(),
    webhook: { url: config.webhookUrl },
    post: client.post,
    closeClient: () => client.close(),
  };
}
