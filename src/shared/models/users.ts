import { Schema, type Connection, type Model } from "mongoose";
import type { Role } from "#shared/domain/access.ts";

/** A person of a tenant. Without a password hash they cannot sign in by password. */
export interface User {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly role: Role;
  readonly name: string;
  /** Lower case; one user in the whole system. */
  readonly email?: string;
  /** E.164, one user in the tenant. */
  readonly phone?: string;
  readonly passwordHash?: string;
  readonly active: boolean;
  /** Tokens of an older generation are worth nothing. */
  readonly generation: number;
  readonly invite?: Invite;
  readonly signedInAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A link that sets the password, once. */
export interface Invite {
  readonly hash: string;
  readonly expiresAt: Date;
}

export const userSchema = new Schema<User>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    role: { type: String, required: true },
    name: { type: String, required: true },
    email: String,
    phone: String,
    passwordHash: String,
    active: { type: Boolean, default: true },
    generation: { type: Number, default: 1 },
    invite: Object,
    signedInAt: Date,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: "users", versionKey: false },
)
  .index({ email: 1 }, { unique: true, partialFilterExpression: { email: { $exists: true } } })
  .index({ tenantId: 1, phone: 1 });

type Change = Partial<Omit<User, "_id" | "tenantId" | "schemaVersion">>;

export function createUsers(connection: Connection) {
  const model: Model<User> = connection.model<User>("User", userSchema);
  return {
    find: (tenantId: string, id: string) =>
      model.findOne({ _id: id, tenantId }).lean<User>().exec(),
    list: (tenantId: string, after: string, limit: number) =>
      model
        .find({ tenantId, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<User[]>()
        .exec(),
    /** The person who wants to sign in: the address says whose tenant it is. */
    findByEmail: (email: string) => model.findOne({ email }).lean<User>().exec(),
    /** The person a link or session speaks of: its secret proves the rest. */
    findById: (id: string) => model.findById(id).lean<User>().exec(),
    findByPhone: (tenantId: string, phone: string) =>
      model.findOne({ tenantId, phone }).lean<User>().exec(),
    countOwners: (tenantId: string) =>
      model.countDocuments({ tenantId, role: "owner", active: true }).exec(),
    create: async (user: User) => {
      await model.create([user]);
    },
    update: async (
      tenantId: string,
      id: string,
      set: Change,
      unset: readonly (keyof Change)[] = [],
    ): Promise<boolean> => {
      const { matchedCount } = await model
        .updateOne(
          { _id: id, tenantId },
          {
            $set: { ...set, updatedAt: new Date() },
            ...(unset.length > 0
              ? { $unset: Object.fromEntries(unset.map((field) => [field, ""])) }
              : {}),
          },
        )
        .exec();
      return matchedCount > 0;
    },
    /** Every token that was given out before is worth nothing from now on. */
    raiseGeneration: (tenantId: string, id: string) =>
      model
        .findOneAndUpdate(
          { _id: id, tenantId },
          { $inc: { generation: 1 }, $set: { updatedAt: new Date() } },
          { returnDocument: "after" },
        )
        .lean<User>()
        .exec(),
    /** Sets the password by a link; false when the link was used meanwhile. */
    takeInvite: async ({ _id, invite }: User, passwordHash: string): Promise<boolean> => {
      const { modifiedCount } = await model
        .updateOne(
          { _id, "invite.hash": invite?.hash ?? "" },
          {
            $set: { passwordHash, updatedAt: new Date() },
            $inc: { generation: 1 },
            $unset: { invite: "" },
          },
        )
        .exec();
      return modifiedCount > 0;
    },
    remove: async (tenantId: string, id: string): Promise<boolean> => {
      const { deletedCount } = await model.deleteOne({ _id: id, tenantId }).exec();
      return deletedCount > 0;
    },
  };
}
