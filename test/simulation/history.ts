import type { Doc } from "./database/values.ts";
import { valueAt } from "./database/values.ts";
import type { Taken } from "./ledger.ts";

/** One turn that was committed, as the database saw it. */
export interface Turn {
  readonly messageId: string;
  readonly version: number;
  readonly at: number;
}

export type History = ReturnType<typeof createHistory>;

/** What happened to documents and at the provider: the witness that the properties ask. */
export function createHistory() {
  /** Conversation → its turns, in the order of their commits. */
  const turns = new Map<string, Turn[]>();
  /** Message → when its first copy was in the journal, and the earliest arrival of a copy. */
  const journaled = new Map<string, { at: number; arrivedAt: number }>();
  const acknowledged = new Set<string>();
  const taken: Taken[] = [];
  return {
    turns,
    journaled,
    acknowledged,
    taken,
    /** A turn changes `last` or commits the same message anew; counting a failure does neither. */
    onConversation: (next: Doc, before: Doc | undefined, at: number): Turn | undefined => {
      const messageId = valueAt(next, "last._id");
      if (typeof messageId !== "string" || next["movedTo"] !== undefined) return undefined;
      if (
        before !== undefined &&
        valueAt(before, "last._id") === messageId &&
        isSameCommit(next, before)
      )
        return undefined;
      const turn = { messageId, version: Number(next["version"]), at };
      const id = String(next["_id"]);
      turns.set(id, [...(turns.get(id) ?? []), turn]);
      return turn;
    },
    onJournaled: (messageIds: readonly string[], arrivedAt: number, at: number): void => {
      for (const id of messageIds) {
        const known = journaled.get(id);
        journaled.set(id, {
          at: known?.at ?? at,
          arrivedAt: Math.min(known?.arrivedAt ?? arrivedAt, arrivedAt),
        });
      }
    },
  };
}

const isSameCommit = (next: Doc, before: Doc): boolean =>
  next["committedAt"] instanceof Date &&
  before["committedAt"] instanceof Date &&
  next["committedAt"].getTime() === before["committedAt"].getTime();
