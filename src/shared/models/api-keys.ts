import { Schema, type Connection, type Model } from "mongoose";
import type { Scope } from "#shared/domain/access.ts";

/** A program's way in. The secret was shown once; here is its hash. */
export interface ApiKey {
  /** Also the beginning of the key, so that people can tell which one it is. */
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly name: string;
  readonly hash: string;
  readonly scopes: readonly Scope[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly lastUsedAt?: Date;
}

export const apiKeySchema = new Schema<ApiKey>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    name: { type: String, required: true },
    hash: { type: String, required: true },
    scopes: { type: [String], required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: Date,
    lastUsedAt: Date,
  },
  { collection: "api_keys", versionKey: false },
).index({ tenantId: 1 });

export function createApiKeys(connection: Connection) {
  const model: Model<ApiKey> = connection.model<ApiKey>("ApiKey", apiKeySchema);
  return {
    /** Whoever comes with a key says no tenant: the key does, when its secret is right. */
    findById: (id: string) => model.findById(id).lean<ApiKey>().exec(),
    list: (tenantId: string, after: string, limit: number) =>
      model
        .find({ tenantId, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<ApiKey[]>()
        .exec(),
    create: async (key: ApiKey) => {
      await model.create([key]);
    },
    touch: (tenantId: string, id: string, now: Date) =>
      model.updateOne({ _id: id, tenantId }, { $set: { lastUsedAt: now } }).exec(),
    remove: async (tenantId: string, id: string): Promise<boolean> => {
      const { deletedCount } = await model.deleteOne({ _id: id, tenantId }).exec();
      return deletedCount > 0;
    },
  };
}
