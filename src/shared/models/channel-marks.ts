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
}

export const channelMarkSchema = new Schema(
  { _id: String, receiptedAt: Date, webhookAt: Date, provenAt: Date },
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
  };
}
