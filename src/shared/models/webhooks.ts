import mongoose, { Schema } from "mongoose";
import {
  createInserter,
  createKeyReader,
  createReader,
  createWriter,
} from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** The journal: one document per accepted body and channel. */
export interface Webhook {
  /** Time-ordered, minted at accept. */
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly channelId: string;
  readonly provider: string;
  /**
   * `webhook` as the provider posted it, `poll` as it was fetched there, `history` what never came and
   * was found in the provider's own record, `manual` the documented manual entry, `own` our own acts.
   */
  readonly source: "webhook" | "poll" | "history" | "manual" | "own";
  readonly raw: Uint8Array;
  /** The few headers that a normaliser may need. */
  readonly headers: Readonly<Record<string, string>>;
  readonly request: RequestFacts;
  /** When it was journaled: the hold window counts from here. */
  readonly arrivedAt: Date;
  /** Conversations (and `<channel>#statuses`) that have not dealt with it yet. */
  readonly pending: readonly string[];
  /** Every key it was ever pending for, so that none is added twice. */
  readonly keys: readonly string[];
  /** Events of a peer that turned out to be another conversation's. */
  readonly moved?: readonly Moved[];
  /** How often the sweeper took it up: what it cannot finish is suspect. */
  readonly sweeps?: number;
  /** Due for the sweeper while it is open. */
  readonly sweepAt?: Date;
  readonly expiresAt?: Date;
  /** It proved the channel's secret: whom it names as sender, the provider vouches for. */
  readonly proven?: true;
  /** It took the second way around an outage: what it holds is handled late. */
  readonly late?: true;
  /** Not understood: kept for a person. */
  readonly parked?: string;
  readonly ignored?: string;
  /** No such channel. */
  readonly unclaimed?: true;
}

/** What the sweeper reads of an entry that is due. */
export type DueWebhook = Required<Pick<Webhook, "sweepAt">> &
  Pick<Webhook, "_id" | "pending" | "arrivedAt" | "channelId" | "sweeps">;

export interface Moved {
  readonly peer: string;
  readonly to: string;
}

export interface RequestFacts {
  readonly id: string;
  readonly address: string;
  readonly userAgent: string;
  readonly bytes: number;
}

export const webhookSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    provider: String,
    source: String,
    raw: Buffer,
    headers: Object,
    request: Object,
    arrivedAt: Date,
    pending: [String],
    keys: [String],
    moved: [Object],
    sweeps: Number,
    sweepAt: Date,
    expiresAt: Date,
    proven: Boolean,
    late: Boolean,
    parked: String,
    ignored: String,
    unclaimed: Boolean,
  },
  { collection: "webhooks", versionKey: false },
)
  .index({ pending: 1 })
  .index({ sweepAt: 1 }, { partialFilterExpression: { sweepAt: { $exists: true } } })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** The channel's key for receipts, account events and whatever belongs to no conversation. */
export const statusesKey = (channelId: string): string => `${channelId}#statuses`;

export type Webhooks = ReturnType<typeof createWebhooks>;

/** The journal's queries; `keptMs` is how long a raw body stays after it is done. */
export function createWebhooks(collection: Collection, keptMs: number) {
  const write = createWriter(collection);
  const open = createKeyReader<Webhook>(collection, "pending", ({ pending }) => pending);
  return {
    insert: createInserter<Webhook>(collection),
    read: createReader<Webhook>(collection),
    /** The oldest open entries of one key, at most `limit`. */
    readOpen: (key: string, limit: number) => open({ key, limit }),
    /** Takes one key off; the last one closes the entry. */
    closePart: (
      id: string,
      key: string,
      now: Date,
      notes: Partial<Pick<Webhook, "parked" | "ignored">> = {},
    ) => write({ id, update: closingUpdate(key, new Date(now.getTime() + keptMs), notes) }),
    /** Adds keys that peeking had not found. */
    addKeys: (id: string, keys: readonly string[], now: Date, moved: readonly Moved[] = []) =>
      write({ id, update: addingUpdate(keys, now, moved) }),
    /** What is due for the sweeper, the longest due first. */
    readDue: (now: Date, limit: number) =>
      collection
        .find<DueWebhook>(
          { sweepAt: { $lte: now } },
          { projection: { pending: 1, arrivedAt: 1, channelId: 1, sweeps: 1, sweepAt: 1 } },
        )
        .sort({ sweepAt: 1 })
        .limit(limit)
        .toArray(),
    /** `takenUp`: the sweeper works on it itself. Of several sweepers that read the same, one counts. */
    pushSweep: ({ _id, sweepAt: read }: DueWebhook, sweepAt: Date, takenUp: boolean) =>
      write({
        id: _id,
        guard: { sweepAt: read },
        update: { $set: { sweepAt }, ...(takenUp ? { $inc: { sweeps: 1 } } : {}) },
      }),
    /** Whether any entry of this key is open. */
    hasOpen: async (key: string) =>
      (await collection.findOne({ pending: key }, { projection: { _id: 1 } })) !== null,
    /** Overwrites one of the few places that an address has for bodies of no channel. */
    keepUnclaimed: (webhook: Webhook) =>
      collection.replaceOne({ _id: webhook._id }, webhook, { upsert: true }),
  };
}

/** One update whatever else the entry is pending for: `$pull` alone could not tell it was the last. */
function closingUpdate(key: string, expiresAt: Date, notes: object): mongoose.mongo.Document[] {
  const isOpen = { $ne: ["$pending", []] };
  return [
    { $set: { pending: { $setDifference: ["$pending", [key]] }, ...literals(notes) } },
    {
      $set: {
        expiresAt: { $cond: [isOpen, "$expiresAt", expiresAt] },
        sweepAt: { $cond: [isOpen, "$sweepAt", "$$REMOVE"] },
      },
    },
  ];
}

/** A note may begin with a `$`: within a pipeline that would name a field. */
const literals = (notes: object): object =>
  Object.fromEntries(Object.entries(notes).map(([field, value]) => [field, { $literal: value }]));

const addingUpdate = (
  keys: readonly string[],
  now: Date,
  moved: readonly Moved[],
): mongoose.mongo.UpdateFilter<mongoose.mongo.Document> => ({
  $addToSet: {
    pending: { $each: [...keys] },
    keys: { $each: [...keys] },
    ...(moved.length === 0 ? {} : { moved: { $each: [...moved] } }),
  },
  $set: { sweepAt: now },
  $unset: { expiresAt: "" },
});
