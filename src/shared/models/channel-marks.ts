import { randomUUID } from "node:crypto";
import { Schema } from "mongoose";
import { createReader, createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export interface ChannelMark {
  readonly _id: string;
  /** How far receipts were handled: the claim time of the youngest send that has one. */
  readonly receiptedAt?: Date;
  /** The last webhook, and the last that proved a secret; a minute behind at most. */
  readonly webhookAt?: Date;
  readonly provenAt?: Date;
  /** When the doctor looked last by itself. */
  readonly examinedAt?: Date;
  /** What the provider's own record holds until then was seen. */
  readonly healedTo?: Date;
  /** When it is looked into again; until then it is somebody's who does so. */
  readonly healAt?: Date;
  /** Names the last one who did. */
  readonly healing?: string;
}

export const channelMarkSchema = new Schema(
  {
    _id: String,
    receiptedAt: Date,
    webhookAt: Date,
    provenAt: Date,
    examinedAt: Date,
    healedTo: Date,
    healAt: Date,
    healing: String,
  },
  { collection: "channel_marks", versionKey: false },
);

export type ChannelMarks = ReturnType<typeof createChannelMarks>;

export function createChannelMarks(collection: Collection) {
  const write = createWriter(collection);
  const read = createReader<ChannelMark>(collection);
  return {
    read,
    raise: (channelId: string, claimedAt: Date) =>
      write({ id: channelId, update: { $max: { receiptedAt: claimedAt } }, upsert: true }),
    noteWebhook: (channelId: string, at: Date, isProven: boolean) =>
      write({
        id: channelId,
        update: { $max: { webhookAt: at, ...(isProven ? { provenAt: at } : {}) } },
        upsert: true,
      }),
    /** True for one of all who ask, once in `everyMs`. */
    claimExamination: async (channelId: string, now: Date, everyMs: number): Promise<boolean> => {
      const due = new Date(now.getTime() - everyMs);
      // Every worker asks for every channel each minute: what is not due is read, not written.
      const { examinedAt } = (await read(channelId)) ?? {};
      if (examinedAt !== undefined && examinedAt > due) return false;
      const never = { $setOnInsert: { examinedAt: new Date(0) } };
      await collection.updateOne({ _id: channelId }, never, { upsert: true });
      const { matchedCount } = await collection.updateOne(
        { _id: channelId, examinedAt: { $not: { $gt: due } } },
        { $set: { examinedAt: now } },
      );
      return matchedCount > 0;
    },
    /** Which of these channels need no look into their record just now. */
    listHealed: async (channelIds: readonly string[], now: Date): Promise<ReadonlySet<string>> => {
      const filter = { _id: { $in: [...channelIds] }, healAt: { $gt: now } };
      const healed = await collection.find(filter, { projection: { _id: 1 } }).toArray();
      return new Set(healed.map(({ _id }) => _id));
    },
    /** The right to look until then; null where another has it, or has used it lately. */
    takeHealing: async (channelId: string, now: Date, until: Date) => {
      await collection.updateOne(
        { _id: channelId },
        { $setOnInsert: { healAt: new Date(0) } },
        { upsert: true },
      );
      const healing = randomUUID();
      await collection.updateOne(
        { _id: channelId, healAt: { $not: { $gt: now } } },
        { $set: { healAt: until, healing } },
      );
      return collection.findOne<ChannelMark>({ _id: channelId, healing });
    },
    /** Nothing, where another has taken it meanwhile. */
    endHealing: (
      { _id, healing }: ChannelMark,
      found: { readonly healAt: Date; readonly healedTo?: Date },
    ) => collection.updateOne({ _id, healing }, { $set: found }),
  };
}
