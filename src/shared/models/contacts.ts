import { Schema } from "mongoose";
import { createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const contactSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    name: String,
    phone: String,
    tags: [String],
    fields: Object,
    versions: Object,
  },
  { collection: "contacts", versionKey: false },
);

/** A change of one contact that one commit of one conversation made. */
export interface ContactChange {
  readonly contactId: string;
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly version: number;
  readonly set: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
}

export function createContacts(collection: Collection) {
  const write = createWriter(collection);
  return {
    /** Applied only if this conversation's version is newer than what the contact has of it. */
    apply: (change: ContactChange) => {
      const seen = `versions.${change.conversationId}`;
      const { tenantId, channelId, version } = change;
      const fields = Object.entries(change.fields).map(([key, value]) => [`fields.${key}`, value]);
      return write({
        id: change.contactId,
        guard: { [seen]: { $not: { $gte: version } } },
        update: {
          $set: {
            tenantId,
            channelId,
            ...change.set,
            ...Object.fromEntries(fields),
            [seen]: version,
          },
          $setOnInsert: { schemaVersion: 1 },
        },
        upsert: true,
      });
    },
  };
}
