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
}

export const channelMarkSchema = new Schema(
  { _id: String, receiptedAt: Date, webhookAt: Date, provenAt: Date, examinedAt: Date },
  { collection: "channel_marks", versionKey: false },
);

export function createChannelMarks(collection: Collection) {
  const write = createWriter(collection);
  return {
    read: createReader<ChannelMark>(collection),
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
      const never = { $setOnInsert: { examinedAt: new Date(0) } };
      await collection.updateOne({ _id: channelId }, never, { upsert: true });
      const due = new Date(now.getTime() - everyMs);
      const { matchedCount } = await collection.updateOne(
        { _id: channelId, examinedAt: { $not: { $gt: due } } },
        { $set: { examinedAt: now } },
      );
      return matchedCount > 0;
    },
  };
}
