import { Schema } from "mongoose";
import { createHash } from "node:crypto";
import type { Conversation } from "#shared/domain/conversation.ts";
import { createReader, createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const conversationSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    peer: String,
    version: Number,
    commit: String,
    mode: String,
    status: String,
    session: Object,
    timers: [Object],
    wakeAt: Date,
    last: Object,
    effects: [Object],
    outSequence: Number,
    contact: Object,
    lastMessageAt: Date,
    lastInboundAt: Date,
    lastSentAt: Date,
    lastSentIn: String,
    committedAt: Date,
    linked: [String],
    movedTo: String,
    poison: Object,
  },
  { collection: "conversations", versionKey: false },
).index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $exists: true } } });

/** Names nobody: ids stand in jobs, logs and Bull Board. */
export const conversationIdOf = (channelId: string, peer: string): string =>
  createHash("sha256").update(`${channelId}|${peer}`).digest("base64url").slice(0, 24);

export function createConversations(collection: Collection) {
  const write = createWriter(collection);
  return {
    read: createReader<Conversation>(collection),
    /**
     * The one guarded update of a turn: replaces the version that was read with the next. False when
     * somebody else was first; throws when the answer was lost.
     */
    commit: async (next: Conversation): Promise<boolean> => {
      const { _id, version, ...rest } = next;
      const answer = await write({
        id: _id,
        guard: { version: version - 1 },
        update: { $set: { ...rest, version }, ...unsetAbsent(next) },
        upsert: version === 1,
        mark: { field: "commit", value: next.commit },
      });
      return answer !== "missed";
    },
    readDue: (now: Date, limit: number) =>
      collection
        .find<Pick<Conversation, "_id" | "wakeAt">>(
          { wakeAt: { $lte: now } },
          { projection: { wakeAt: 1 } },
        )
        .sort({ wakeAt: 1 })
        .limit(limit)
        .toArray(),
  };
}

const optional = [
  "session",
  "wakeAt",
  "contact",
  "lastInboundAt",
  "lastSentAt",
  "lastSentIn",
  "movedTo",
  "poison",
  "last",
] as const;

/** `$set` leaves what the new version no longer has: take it away. */
function unsetAbsent(next: Conversation): object {
  if (next.version === 1) return {};
  const absent = optional.filter((field) => next[field] === undefined);
  return absent.length === 0
    ? {}
    : { $unset: Object.fromEntries(absent.map((field) => [field, ""])) };
}
