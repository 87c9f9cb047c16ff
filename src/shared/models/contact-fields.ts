import { Schema } from "mongoose";
import type { ContactField } from "#shared/domain/contact-field.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const contactFieldSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    key: String,
    label: String,
    type: String,
    choices: [String],
  },
  { collection: "contact_fields", versionKey: false },
).index({ tenantId: 1, key: 1 });

const mostFields = 200;

const idOf = (tenantId: string, key: string): string => `${tenantId}|${key}`;

export function createContactFields(collection: Collection) {
  return {
    list: (tenantId: string) =>
      collection.find<ContactField>({ tenantId }).sort({ key: 1 }).limit(mostFields).toArray(),
    /** Defines a field, or defines it anew: what is stored stays as it was written. */
    define: async (
      tenantId: string,
      field: Pick<ContactField, "key" | "label" | "type" | "choices">,
    ): Promise<ContactField> => {
      const _id = idOf(tenantId, field.key);
      const whole = { ...field, schemaVersion: 1, tenantId } as const;
      await collection.replaceOne({ _id }, whole, { upsert: true });
      return { _id, ...whole };
    },
    /** False where there is none. */
    remove: async (tenantId: string, key: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: idOf(tenantId, key), tenantId })).deletedCount === 1,
  };
}
