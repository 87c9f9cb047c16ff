import { Schema } from "mongoose";
import type { MessageRecord } from "#shared/domain/conversation.ts";
import { createInserter, createReader } from "#shared/models/batches.ts";
import { after, type Place } from "#shared/models/place.ts";
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
    location: Object,
    contacts: Array,
    payload: String,
    replyTo: String,
    senderId: String,
    providerMessageId: String,
    sentAt: Date,
    arrivedAt: Date,
    appliedAt: Date,
    late: Boolean,
    backfilled: Boolean,
    weakDedupe: Boolean,
    unverified: Boolean,
    act: String,
    by: String,
    assignee: String,
    echo: Boolean,
    reason: String,
    parkedEffects: String,
  },
  { collection: "messages", versionKey: false },
).index({ conversationId: 1, sentAt: -1 });

const shownKinds = ["message", "call", "operator"];
/** Sends are shown as such, and that somebody looked is shown nowhere. */
const hiddenActs = ["send", "read"];

/** Whether the chat shows it. */
export const isShown = ({ kind, act, echo }: MessageRecord): boolean =>
  shownKinds.includes(kind) && !hiddenActs.includes(act ?? "") && echo !== true;

export function createMessages(collection: Collection) {
  const read = createReader<{ _id: string }>(collection, ["_id"]);
  return {
    insert: createInserter<MessageRecord>(collection),
    find: (tenantId: string, id: string) =>
      collection.findOne<MessageRecord>({ _id: id, tenantId }),
    /** What the chat shows besides our sends, the youngest first. */
    listOf: (
      tenantId: string,
      conversationId: string,
      { after: place, limit }: { readonly after?: Place; readonly limit: number },
    ) =>
      collection
        .find<MessageRecord>({
          conversationId,
          tenantId,
          kind: { $in: shownKinds },
          act: { $nin: hiddenActs },
          echo: { $exists: false },
          ...after("sentAt", place),
        })
        .sort({ sentAt: -1, _id: -1 })
        .limit(limit)
        .toArray(),
    /** Which of these are applied. */
    readApplied: async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
      const found = await Promise.all([...new Set(ids)].map((id) => read(id)));
      return new Set(found.flatMap((document) => (document === undefined ? [] : [document._id])));
    },
  };
}
