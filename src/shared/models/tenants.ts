import { Schema, type Connection } from "mongoose";

/** One customer organisation. */
export interface Tenant {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly name: string;
}

export const tenantSchema = new Schema<Tenant>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    name: { type: String, required: true },
  },
  { collection: "tenants", versionKey: false },
);

export type Tenants = ReturnType<typeof createTenants>;

export function createTenants(connection: Connection) {
  const model = connection.model<Tenant>("Tenant", tenantSchema);
  return {
    find: (id: string) => model.findById(id).lean<Tenant>().exec(),
    upsert: async (tenant: Tenant) => {
      const { _id, ...rest } = tenant;
      await model.updateOne({ _id }, { $set: rest }, { upsert: true }).exec();
    },
  };
}
