import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import { gatherStatuses } from "#simulators/gather-statuses.ts";
import { createStatusGate, putInOrder } from "#simulators/hold-statuses.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { OutgoingMessage } from "./read-message.ts";
import { describeStatus, type StatusName } from "./describe-status.ts";
import type { BusinessNumber, WhatsappSettings } from "./options.ts";
import type { WhatsappSwitches } from "./switches.ts";
import type { Change } from "./webhook-body.ts";

interface Deps {
  readonly settings: WhatsappSettings;
  readonly switches: WhatsappSwitches;
  readonly faults: Faults;
  readonly background: Background;
  readonly ledger: Ledger;
  readonly postChanges: (changes: readonly Change[]) => Promise<number>;
}

interface Status {
  readonly number: BusinessNumber;
  readonly status: Record<string, unknown>;
}

export type ReportStatuses = (number: BusinessNumber, id: string, message: OutgoingMessage) => void;

/** Sends the receipts of accepted messages: sent, delivered, read, or failed. */
export function createReportStatuses(deps: Deps): ReportStatuses {
  const { settings, switches, faults, background, ledger } = deps;
  const gather = gatherStatuses<Status>({
    background,
    batchMs: settings.statusBatchMs,
    post: (batch) => deps.postChanges(groupByNumber(batch)),
  });
  const pass = createStatusGate<Status>({ switches, random: faults.random, emit: gather });

  return (number, id, message) =>
    background.run(async () => {
      const order = switches.now.reorderWebhooks;
      for (const name of putInOrder(chooseStatuses(switches), order, faults.random)) {
        if (!(await background.delay(settings.statusGapMs))) return;
        const code = name === "failed" ? switches.now.failStatus?.code : undefined;
        const status = describeStatus({ name, id, message, code, nowMs: settings.now() });
        ledger.report(id, name);
        pass({ number, status });
      }
    });
}

function chooseStatuses({ now }: WhatsappSwitches): readonly StatusName[] {
  if (now.failStatus !== null) return ["failed"];
  return now.readStatuses ? ["sent", "delivered", "read"] : ["sent", "delivered"];
}

function groupByNumber(batch: readonly Status[]): Change[] {
  return [...Map.groupBy(batch, ({ number }) => number)].map(([number, all]) => ({
    number,
    statuses: all.map(({ status }) => status),
  }));
}
