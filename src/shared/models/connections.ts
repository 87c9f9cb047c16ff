import { Schema } from "mongoose";
import type { CrmEventType } from "#shared/domain/crm.ts";
import { openText, sealText, type Cipher } from "#shared/runtime/cipher.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** A secret under which deliveries are signed; an old one is valid until its end. */
export interface SealedSecret {
  readonly sealed: string;
  readonly until?: Date;
}

/** An outside system of a tenant and what it wants to hear of. */
export interface Connection {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  /** The connector that speaks to it. */
  readonly connector: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly CrmEventType[];
  /** Newest first, two at most. */
  readonly secrets: readonly SealedSecret[];
  readonly active: boolean;
  /** Since when every delivery has failed. */
  readonly failingSince?: Date;
  /** Why it was switched off, where nobody did. */
  readonly disabledReason?: string;
  readonly deletedAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const connectionSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    connector: String,
    name: String,
    url: String,
    events: [String],
    secrets: [Object],
    active: Boolean,
    failingSince: Date,
    disabledReason: String,
    deletedAt: Date,
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: "connections", versionKey: false },
)
  .index({ tenantId: 1 })
  .index({ updatedAt: 1 });

/** The cipher's purpose: connections' secrets have a key of their own. */
export const connectionSecretsPurpose = "connection secrets";

type Owner = Pick<Connection, "_id" | "tenantId">;

/** A secret moved to another connection or tenant cannot be opened. */
const contextOf = ({ tenantId, _id }: Owner): string => `${tenantId}|${_id}`;

export const sealSecret = (cipher: Cipher, owner: Owner, secret: string): string =>
  sealText(cipher, secret, contextOf(owner));

export const openSecret = (cipher: Cipher, owner: Owner, sealed: string): string =>
  openText(cipher, sealed, contextOf(owner));

type Changes = Partial<Pick<Connection, "name" | "url" | "events" | "secrets" | "active">>;

const notDeleted = { deletedAt: { $exists: false } };

export function createConnections(collection: Collection) {
  return {
    create: async (connection: Connection) => {
      await collection.insertOne({ ...connection });
    },
    find: (id: string) => collection.findOne<Connection>({ _id: id }),
    findOf: (tenantId: string, id: string) =>
      collection.findOne<Connection>({ _id: id, tenantId, ...notDeleted }),
    listOf: (tenantId: string) =>
      collection
        .find<Connection>({ tenantId, ...notDeleted })
        .sort({ _id: 1 })
        .toArray(),
    listAll: () => collection.find<Connection>(notDeleted).sort({ _id: 1 }).toArray(),
    listChangedSince: (since: Date) =>
      collection.find<Connection>({ updatedAt: { $gte: since } }).toArray(),
    /** Whoever switches it on again gives it a clean record. */
    update: (tenantId: string, id: string, set: Changes) =>
      collection.updateOne(
        { _id: id, tenantId },
        {
          $set: { ...set, updatedAt: new Date() },
          ...(set.active === true ? { $unset: { failingSince: "", disabledReason: "" } } : {}),
        },
      ),
    /** Secrets go with it; the delivery log stays until it expires. */
    retire: (tenantId: string, id: string) => {
      const at = new Date();
      const gone = { active: false, secrets: [], deletedAt: at, updatedAt: at };
      return collection.updateOne({ _id: id, tenantId }, { $set: gone });
    },
    /** Secrets sealed anew; false when somebody changed them meanwhile. */
    reseal: async ({ _id, secrets }: Connection, sealed: readonly SealedSecret[]) => {
      const { modifiedCount } = await collection.updateOne(
        { _id, secrets },
        { $set: { secrets: sealed, updatedAt: new Date() } },
      );
      return modifiedCount > 0;
    },
    /** A delivery failed; answers since when they all do. */
    fail: async (tenantId: string, id: string, now: Date): Promise<Date> => {
      const filter = { _id: id, tenantId };
      const update = { $set: { failingSince: now, updatedAt: now } };
      await collection.updateOne({ ...filter, failingSince: { $exists: false } }, update);
      return (await collection.findOne<Connection>(filter))?.failingSince ?? now;
    },
    /** A delivery was taken. */
    recover: (tenantId: string, id: string, now: Date) =>
      collection.updateOne(
        { _id: id, tenantId, failingSince: { $exists: true } },
        { $set: { updatedAt: now }, $unset: { failingSince: "" } },
      ),
    /** Switched off for a reason; false when it was off already. */
    disable: async (tenantId: string, id: string, reason: string, now: Date) => {
      const { modifiedCount } = await collection.updateOne(
        { _id: id, tenantId, active: true },
        { $set: { active: false, disabledReason: reason, updatedAt: now } },
      );
      return modifiedCount > 0;
    },
  };
}
