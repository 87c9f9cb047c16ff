import { createTable, type OnWrite, type Table } from "./database/table.ts";
import type { Doc } from "./database/values.ts";
import type { History } from "./history.ts";
import { messageIdOf } from "./properties.ts";
import { channel } from "./settings.ts";

const names = [
  "conversations",
  "messages",
  "media",
  "outgoing",
  "webhooks",
  "refs",
  "contacts",
  "tags",
  "pipelines",
  "deals",
  "crm",
  "alerts",
  "marks",
  "processes",
];

/** The database that all processes share; the history sees each document as it is written. */
export function createTables(
  history: History,
  now: () => number,
  onTurn: (conversationId: string) => void,
) {
  const watched: Readonly<Record<string, OnWrite>> = {
    conversations: (next, before) => {
      if (history.onConversation(next, before, now())) onTurn(String(next["_id"]));
    },
    webhooks: (next, before) => {
      if (before === undefined) noteJournaled(history, next, now());
    },
  };
  const tables = new Map(names.map((name) => [name, createTable(watched[name])]));
  const table = (name: string): Table => {
    const found = tables.get(name);
    if (found === undefined) throw new Error(`the simulated database has no ${name}`);
    return found;
  };
  const has = (name: string, filter: Doc): boolean => table(name).find(filter).length > 0;
  return {
    table,
    /** The sweeper would find something at this moment. */
    isAnythingDue: (at: number): boolean => {
      const due = { $lte: new Date(at) };
      return (
        has("webhooks", { sweepAt: due }) ||
        has("outgoing", { sweepAt: due }) ||
        has("conversations", { wakeAt: due })
      );
    },
    /** The sweeper will find something, some time. */
    isAnythingOpen: (): boolean => {
      const exists = { $exists: true };
      return (
        has("webhooks", { sweepAt: exists }) ||
        has("outgoing", { sweepAt: exists }) ||
        has("conversations", { wakeAt: exists })
      );
    },
  };
}

function noteJournaled(history: History, { raw, arrivedAt, source }: Doc, at: number): void {
  if (!(raw instanceof Uint8Array) || !(arrivedAt instanceof Date) || source !== "webhook") return;
  const body: { messages?: readonly { id: string }[] } = JSON.parse(Buffer.from(raw).toString());
  const ids = (body.messages ?? []).map(({ id }) => messageIdOf(channel._id, id));
  history.onJournaled(ids, arrivedAt.getTime(), at);
}
