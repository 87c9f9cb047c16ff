import { Schema, type Connection } from "mongoose";

/** One customer organisation. */
export interface Tenant {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly name: string;
  /** What people here read by default: ru, en … */
  readonly language?: string;
  /** Of the IANA list. */
  readonly timeZone?: string;
}

export const tenantSchema = new Schema<Tenant>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    name: { type: String, required: true },
    language: String,
    timeZone: String,
  },
  { collection: "tenants", versionKey: false },
);

export type Tenants = ReturnType<typeof createTenants>;

export function createTenants(connection: Connection) {
  const model = connection.model<Tenant>("Tenant", tenantSchema);
  return {
    find: (id: string) => model.findById(id).lean<Tenant>().exec(),
    update: (tenantId: string, set: Partial<Omit<Tenant, "_id" | "schemaVersion">>) =>
      model.updateOne({ _id: tenantId }, { $set: set }).exec(),
    upsert: async (tenant: Tenant) => {
      const { _id, ...rest } = tenant;
      await model.updateOne({ _id }, { $set: rest }, { upsert: true }).exec();
    },
  };
}
