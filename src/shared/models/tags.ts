import { Schema } from "mongoose";
import { createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** A tag that the tenant has ever given: for choosing among them. */
export interface Tag {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly name: string;
  readonly createdAt: Date;
}

export const tagSchema = new Schema(
  { _id: String, schemaVersion: Number, tenantId: String, name: String, createdAt: Date },
  { collection: "tags", versionKey: false },
).index({ tenantId: 1, name: 1 });

const mostTags = 1000;

export function createTags(collection: Collection) {
  const write = createWriter(collection);
  return {
    /** Whoever gives a tag makes it known; a tag that is known stays as it is. */
    note: async (tenantId: string, names: readonly string[], now: Date): Promise<void> => {
      for (const name of names)
        await write({
          id: `${tenantId}|${name}`,
          update: { $setOnInsert: { schemaVersion: 1, tenantId, name, createdAt: now } },
          upsert: true,
        });
    },
    list: (tenantId: string) =>
      collection.find<Tag>({ tenantId }).sort({ name: 1 }).limit(mostTags).toArray(),
  };
}
