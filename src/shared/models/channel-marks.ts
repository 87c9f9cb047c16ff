import { Schema } from "mongoose";
import { createReader, createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** How far receipts of a channel were handled: the claim time of the youngest send that has one. */
export interface ChannelMark {
  readonly _id: string;
  readonly receiptedAt?: Date;
}

export const channelMarkSchema = new Schema(
  { _id: String, receiptedAt: Date },
  { collection: "channel_marks", versionKey: false },
);

export function createChannelMarks(collection: Collection) {
  const write = createWriter(collection);
  return {
    read: createReader<ChannelMark>(collection),
    raise: (channelId: string, claimedAt: Date) =>
      write({ id: channelId, update: { $max: { receiptedAt: claimedAt } }, upsert: true }),
  };
}
