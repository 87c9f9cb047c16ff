import { Schema } from "mongoose";
import { createInserter } from "#shared/models/batches.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** What operators write to each other about a contact; the customer never sees it. */
export interface Note {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly contactId: string;
  /** Where it was written, if in a chat. */
  readonly conversationId?: string;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
}

export const noteSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    contactId: String,
    conversationId: String,
    text: String,
    by: String,
    at: Date,
  },
  { collection: "notes", versionKey: false },
).index({ tenantId: 1, contactId: 1, at: -1 });

export function createNotes(collection: Collection) {
  return {
    /** `exists` for a repeated one: its id is the idempotency key. */
    add: createInserter<Note>(collection),
    /** Of all identities of a contact, the youngest first. */
    list: (
      tenantId: string,
      contactIds: readonly string[],
      page: { readonly after?: Place; readonly limit: number },
    ) =>
      collection
        .find<Note>({ tenantId, contactId: { $in: [...contactIds] }, ...after("at", page.after) })
        .sort({ at: -1, _id: -1 })
        .limit(page.limit)
        .toArray(),
    remove: async (tenantId: string, id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: id, tenantId })).deletedCount === 1,
  };
}
