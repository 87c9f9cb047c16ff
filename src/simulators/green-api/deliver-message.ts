import type { Background } from "#simulators/background.ts";
import type { Faults } from "#simulators/faults.ts";
import { createStatusGate, putInOrder } from "#simulators/hold-statuses.ts";
import type { Ledger } from "#simulators/ledger.ts";
import type { InstanceSettings } from "./instance-settings.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import type { Notifications } from "./notifications.ts";
import type { GreenApiConfig } from "./options.ts";
import type { Queued } from "./send-queue.ts";
import type { GreenApiSwitches } from "./switches.ts";
import { describeInstance } from "./webhook-body.ts";

interface Deps {
  readonly config: GreenApiConfig;
  readonly switches: GreenApiSwitches;
  readonly faults: Faults;
  readonly background: Background;
  readonly ledger: Ledger;
  readonly instance: InstanceSettings;
  readonly journal: Journal;
  readonly notifications: Notifications;
}

/** A message leaves the queue: it is in the journals from now on, its echo and receipts follow. */
export function createDeliverMessage(deps: Deps): (queued: Queued) => void {
  const { config, switches, faults, background, instance, journal, notifications } = deps;
  const pass = createStatusGate<object>({
    switches,
    random: faults.random,
    emit: (body) => void notifications.push(body),
  });

  return (queued) => {
    const entry = describeEntry(queued, config.now());
    journal.write(entry);
    if (instance.outgoingAPIMessageWebhook === "yes") {
      void notifications.push(describeEcho(deps, queued, entry));
    }
    background.run(async () => {
      const names = putInOrder(
        chooseStatuses(deps, entry.chatId),
        switches.now.reorderWebhooks,
        faults.random,
      );
      for (const [index, status] of names.entries()) {
        if (index > 0 && !(await background.delay(config.statusGapMs))) return;
        entry.statusMessage = status;
        deps.ledger.report(queued.idMessage, status);
        if (isReported(instance, status)) pass(describeStatus(deps, entry, status));
      }
    });
  };
}

function describeEntry({ idMessage, send }: Queued, nowMs: number): JournalEntry {
  return {
    type: "outgoing",
    idMessage,
    timestamp: Math.floor(nowMs / 1000),
    typeMessage: send.typeMessage,
    chatId: send.chatId,
    ...send.journal,
    statusMessage: "pending",
    sendByApi: true,
    deletedMessageId: "",
    editedMessageId: "",
  };
}

function describeEcho({ config, instance }: Deps, { send }: Queued, entry: JournalEntry) {
  const { chatId } = send;
  const { wid } = instance;
  const sender = { chatName: "Test Customer", sender: wid, senderName: "Demo Salon" };
  return {
    typeWebhook: "outgoingAPIMessageReceived",
    instanceData: describeInstance({ idInstance: config.idInstance, wid }),
    timestamp: entry.timestamp,
    idMessage: entry.idMessage,
    senderData: { chatId, ...sender, senderContactName: "" },
    messageData: { typeMessage: send.typeMessage, ...send.messageData },
  };
}

/** Failures that Green API reports by their own names; any other code is `failed`. */
const namedFailures: readonly unknown[] = ["noAccount", "notInGroup", "yellowCard", "failed"];

function chooseStatuses({ config, switches }: Deps, chatId: string): readonly string[] {
  const { failStatus, readStatuses } = switches.now;
  if (config.missingNumbers.some((number) => chatId === `${number}@c.us`)) return ["noAccount"];
  if (failStatus !== null) {
    return [namedFailures.includes(failStatus.code) ? String(failStatus.code) : "failed"];
  }
  return readStatuses ? ["sent", "delivered", "read"] : ["sent", "delivered"];
}

/** `noAccount` and `failed` arrive even when receipts are off. */
function isReported({ outgoingWebhook }: InstanceSettings, status: string): boolean {
  return outgoingWebhook === "yes" || status === "noAccount" || status === "failed";
}

function describeStatus({ config, instance, switches }: Deps, entry: JournalEntry, status: string) {
  const code = switches.now.failStatus?.code;
  return {
    typeWebhook: "outgoingMessageStatus",
    chatId: entry.chatId,
    instanceData: describeInstance({ idInstance: config.idInstance, wid: instance.wid }),
    timestamp: Math.floor(config.now() / 1000),
    idMessage: entry.idMessage,
    status,
    ...(status === "failed" ? { description: String(code) } : {}),
    sendByApi: true,
  };
}
