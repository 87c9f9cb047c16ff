import { Schema } from "mongoose";
import type { MessageRecord } from "#shared/domain/conversation.ts";
import { createInserter, createReader } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** Applied messages: the dedupe of record, never deleted by us. */
export const messageSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    conversationId: String,
    webhookId: String,
    kind: String,
    state: String,
    direction: String,
    type: String,
    text: String,
    media: Object,
    payload: String,
    replyTo: String,
    senderId: String,
    providerMessageId: String,
    sentAt: Date,
    arrivedAt: Date,
    appliedAt: Date,
    late: Boolean,
    weakDedupe: Boolean,
    unverified: Boolean,
    reason: String,
    parkedEffects: String,
  },
  { collection: "messages", versionKey: false },
);

export function createMessages(collection: Collection) {
  const read = createReader<{ _id: string }>(collection, ["_id"]);
  return {
    insert: createInserter<MessageRecord>(collection),
    /** Which of these are applied. */
    readApplied: async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
      const found = await Promise.all([...new Set(ids)].map((id) => read(id)));
      return new Set(found.flatMap((document) => (document === undefined ? [] : [document._id])));
    },
  };
}
