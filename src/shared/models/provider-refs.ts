import { Schema } from "mongoose";
import { rankNumber, type Rank } from "#shared/domain/outcome.ts";
import { createInserter, createReader, createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** One document for a send and its receipts: whichever comes first makes it. */
export interface ProviderRef {
  readonly _id: string;
  readonly outgoingId?: string;
  readonly attempt?: number;
  /** Only rises: see `rankNumber`. */
  readonly rank?: number;
  readonly failed?: {
    readonly code: string;
    readonly reason: string;
    readonly advice: string;
    readonly retryable: boolean;
  };
}

export const providerRefSchema = new Schema(
  {
    _id: String,
    outgoingId: String,
    attempt: Number,
    rank: Number,
    failed: Object,
  },
  { collection: "provider_refs", versionKey: false },
).index({ outgoingId: 1 }, { sparse: true });

export const providerRefId = (channelId: string, providerMessageId: string): string =>
  `${channelId}|${providerMessageId}`;

export function createProviderRefs(collection: Collection) {
  const write = createWriter(collection);
  const insert = createInserter<ProviderRef>(collection);
  const read = createReader<ProviderRef>(collection);
  return {
    read,
    /** The send's side. Answers what receipts had already left there, if any came first. */
    recordSend: async (id: string, outgoingId: string, attempt: number) => {
      if ((await insert({ _id: id, outgoingId, attempt })) === "created") return undefined;
      await write({ id, update: { $set: { outgoingId, attempt } } });
      return read(id);
    },
    /** The receipt's side: the rank never falls. Answers the document as it then stands. */
    recordRank: async (id: string, rank: Rank) => {
      await write({ id, update: { $max: { rank: rankNumber[rank] } }, upsert: true });
      return read(id);
    },
    recordFailure: async (id: string, failed: NonNullable<ProviderRef["failed"]>) => {
      await write({ id, update: { $set: { failed } }, upsert: true });
      return read(id);
    },
    findByOutgoing: (outgoingId: string) =>
      collection.find<ProviderRef>({ outgoingId }).sort({ attempt: -1 }).toArray(),
  };
}
