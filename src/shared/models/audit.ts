import { Schema, type Connection, type Model } from "mongoose";

/** Who did what to which thing. Written before the act, so that none goes without. */
export interface AuditEntry {
  readonly _id: string;
  readonly tenantId: string;
  readonly at: Date;
  readonly actor: Actor;
  /** The route's name: `update_channel`. */
  readonly action: string;
  readonly target?: string;
  /** Names of the fields that were given; never their values. */
  readonly fields: readonly string[];
  readonly address: string;
  readonly requestId: string;
  /** The answer; absent where the process ended before it: the act may be done or not. */
  readonly status?: number;
}

export interface Actor {
  readonly kind: "user" | "api_key" | "command_line";
  readonly id: string;
  readonly name: string;
}

export const auditSchema = new Schema<AuditEntry>(
  {
    _id: { type: String, required: true },
    tenantId: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: Object, required: true },
    action: { type: String, required: true },
    target: String,
    fields: { type: [String], default: [] },
    address: { type: String, default: "" },
    requestId: { type: String, default: "" },
    status: Number,
  },
  { collection: "audit", versionKey: false },
).index({ tenantId: 1, _id: -1 });

export type Audit = ReturnType<typeof createAudit>;

export function createAudit(connection: Connection) {
  const model: Model<AuditEntry> = connection.model<AuditEntry>("Audit", auditSchema);
  return {
    insert: async (entry: AuditEntry) => {
      await model.create([entry]);
    },
    close: (tenantId: string, id: string, closed: { status: number; target?: string }) =>
      model.updateOne({ _id: id, tenantId }, { $set: closed }).exec(),
    /** The newest first. */
    list: (tenantId: string, before: string | undefined, limit: number) =>
      model
        .find({ tenantId, ...(before === undefined ? {} : { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit)
        .lean<AuditEntry[]>()
        .exec(),
  };
}
