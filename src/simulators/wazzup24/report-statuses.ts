import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import { gatherStatuses } from "#simulators/gather-statuses.ts";
import { createStatusGate, putInOrder } from "#simulators/hold-statuses.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { WazzupConfig } from "./options.ts";
import type { PostWebhooks } from "./post-webhooks.ts";
import type { WazzupSwitches } from "./switches.ts";

interface Deps {
  readonly config: WazzupConfig;
  readonly switches: WazzupSwitches;
  readonly faults: Faults;
  readonly background: Background;
  readonly ledger: Ledger;
  readonly webhooks: PostWebhooks;
}

/** Sends the receipts of accepted messages: sent, delivered, read, or error. */
export function createReportStatuses(deps: Deps): (messageId: string) => void {
  const { config, switches, faults, background, ledger, webhooks } = deps;
  const pass = createStatusGate<object>({
    switches,
    random: faults.random,
    emit: gatherStatuses({
      background,
      batchMs: config.statusBatchMs,
      post: (statuses) => webhooks.push("messagesAndStatuses", { statuses }),
    }),
  });
  return (messageId) =>
    background.run(async () => {
      const order = switches.now.reorderWebhooks;
      for (const status of putInOrder(chooseStatuses(switches), order, faults.random)) {
        if (!(await background.delay(config.statusGapMs))) return;
        ledger.report(messageId, status);
        const timestamp = new Date(config.now()).toISOString();
        pass({ messageId, timestamp, status, ...explain(switches, status) });
      }
    });
}

function chooseStatuses({ now }: WazzupSwitches): readonly string[] {
  if (now.failStatus !== null) return ["error"];
  return now.readStatuses ? ["sent", "delivered", "read"] : ["sent", "delivered"];
}

function explain({ now }: WazzupSwitches, status: string): object {
  const code = now.failStatus?.code;
  return status === "error" ? { error: { error: String(code), description: "It failed" } } : {};
}
