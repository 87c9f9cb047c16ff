import { Schema, type mongo } from "mongoose";
import type { TagChange } from "#shared/domain/contact.ts";
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
    username: String,
    email: String,
    tags: [String],
    fields: Object,
    versions: Object,
    mergedInto: String,
    mergedAt: Date,
    mergedBy: String,
    createdAt: Date,
    updatedAt: Date,
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
  readonly at: Date;
  readonly set: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly tags?: TagChange;
}

export function createContacts(collection: Collection) {
  const write = createWriter(collection);
  return {
    /** Applied only if this conversation's version is newer than what the contact has of it. */
    apply: (change: ContactChange) =>
      write({
        id: change.contactId,
        guard: { [seenOf(change)]: { $not: { $gte: change.version } } },
        update:
          change.tags === undefined ? plainUpdate(change) : taggingUpdate(change, change.tags),
        upsert: true,
      }),
  };
}

const seenOf = ({ conversationId }: ContactChange): string => `versions.${conversationId}`;

function fieldsOf(change: ContactChange): Readonly<Record<string, unknown>> {
  const { tenantId, channelId, version, set, fields, at } = change;
  return {
    tenantId,
    channelId,
    ...set,
    ...Object.fromEntries(Object.entries(fields).map(([key, value]) => [`fields.${key}`, value])),
    [seenOf(change)]: version,
    updatedAt: at,
  };
}

const plainUpdate = (change: ContactChange) => ({
  $set: fieldsOf(change),
  $setOnInsert: { schemaVersion: 1, createdAt: change.at },
});

/** A pipeline, because `$addToSet` and `$pull` may not both have the list. */
function taggingUpdate(change: ContactChange, { add, remove }: TagChange): mongo.Document[] {
  const kept = { $setDifference: [{ $ifNull: ["$tags", []] }, { $literal: [...add, ...remove] }] };
  return [
    {
      $set: {
        ...literals({ ...fieldsOf(change), schemaVersion: 1 }),
        createdAt: { $ifNull: ["$createdAt", change.at] },
        tags: { $concatArrays: [kept, { $literal: add }] },
      },
    },
  ];
}

/** A value may begin with a `$`: within a pipeline that would name a field. */
const literals = (values: object): object =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { $literal: value }]));
