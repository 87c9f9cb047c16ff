import { randomUUID } from "node:crypto";
import { Schema } from "mongoose";
import type { Collection } from "#shared/runtime/mongo.ts";

/** Who fetches a channel's messages, and how far that got. */
export interface Poll {
  /** The channel. */
  readonly _id: string;
  readonly tenantId: string;
  /** Grows with every taking: what is written under an older one changes nothing. */
  readonly fence: number;
  readonly leaseUntil: Date;
  /** Names the last taking. */
  readonly taking?: string;
  /** The provider's own words on how far its list was read. */
  readonly cursor?: string;
  /** How often the cursor moved: part of the journal's ids, so that a body fetched again is the same entry. */
  readonly round: number;
  readonly health: PollHealth;
}

/** How the looks go, as a person wants to know it. */
export interface PollHealth {
  /** How many failed one after another, since when and why. */
  readonly failures: number;
  readonly failingSince?: Date;
  readonly reason?: string;
  /** Where a person has to do something. */
  readonly advice?: string;
  /** The last look that the provider answered. */
  readonly answeredAt?: Date;
}

export const pollSchema = new Schema(
  {
    _id: String,
    tenantId: String,
    fence: Number,
    leaseUntil: Date,
    taking: String,
    cursor: String,
    round: Number,
    health: Object,
  },
  { collection: "polls", versionKey: false },
);

export type Polls = ReturnType<typeof createPolls>;

export function createPolls(collection: Collection) {
  const changed = async (id: string, fence: number, update: object): Promise<boolean> => {
    const { matchedCount } = await collection.updateOne({ _id: id, fence }, update);
    return matchedCount > 0;
  };
  return {
    findOf: (tenantId: string, channelId: string) =>
      collection.findOne<Poll>({ _id: channelId, tenantId }),
    /** Which of these channels somebody fetches for just now. */
    listHeld: async (channelIds: readonly string[], now: Date): Promise<ReadonlySet<string>> => {
      const filter = { _id: { $in: [...channelIds] }, leaseUntil: { $gt: now } };
      const held = await collection.find(filter, { projection: { _id: 1 } }).toArray();
      return new Set(held.map(({ _id }) => _id));
    },
    /** The channel's only poller until then; null while another is. */
    take: async (tenantId: string, channelId: string, now: Date, leaseUntil: Date) => {
      const health: PollHealth = { failures: 0 };
      const fresh = { tenantId, fence: 0, round: 0, health, leaseUntil: new Date(0) };
      await collection.updateOne({ _id: channelId }, { $setOnInsert: fresh }, { upsert: true });
      const taking = randomUUID();
      await collection.updateOne(
        { _id: channelId, leaseUntil: { $lte: now } },
        { $set: { leaseUntil, taking }, $inc: { fence: 1 } },
      );
      return collection.findOne<Poll>({ _id: channelId, taking });
    },
    /** False when another has taken it meanwhile. */
    renew: (id: string, fence: number, leaseUntil: Date, health: PollHealth) =>
      changed(id, fence, { $set: { leaseUntil, health } }),
    /** Everything that the cursor has passed is in the journal. False when another has taken it meanwhile. */
    advance: (id: string, fence: number, cursor: string | undefined) =>
      changed(id, fence, {
        $inc: { round: 1 },
        ...(cursor === undefined ? {} : { $set: { cursor } }),
      }),
    release: (id: string, fence: number, health: PollHealth) =>
      changed(id, fence, { $set: { leaseUntil: new Date(0), health } }),
  };
}
