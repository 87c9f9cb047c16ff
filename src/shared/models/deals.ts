import { Schema } from "mongoose";
import {
  openDeal,
  type Deal,
  type DealStatus,
  type DealWish,
  type DefaultPipeline,
} from "#shared/domain/deal.ts";
import { createInserter } from "#shared/models/batches.ts";
import type { createPipelines } from "#shared/models/pipelines.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const dealSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    contactId: String,
    channelId: String,
    conversationId: String,
    pipelineId: String,
    stageId: String,
    status: String,
    title: String,
    amount: Number,
    currency: String,
    fields: Object,
    history: [Object],
    unknown: Object,
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: "deals", versionKey: false },
)
  .index({ tenantId: 1, stageId: 1, updatedAt: -1 })
  .index({ tenantId: 1, contactId: 1, updatedAt: -1 });

/** The same turn, the same deal. */
export const dealIdOf = (conversationId: string, version: number, index: number): string =>
  `${conversationId}|${version}|${index}`;

export interface DealQuery {
  readonly pipelineId?: string;
  readonly stageId?: string;
  readonly status?: DealStatus;
  /** Every identity of the contact. */
  readonly contactIds?: readonly string[];
  readonly after?: Place;
  readonly limit: number;
}

/** Who does it, and when. */
export interface By {
  readonly by: string;
  readonly at: Date;
}

interface Way<Word> {
  readonly from: Word;
  readonly to: Word;
}

export function createDeals(collection: Collection, pipelines: ReturnType<typeof createPipelines>) {
  const insert = createInserter<Deal>(collection);
  const find = (tenantId: string, id: string) => collection.findOne<Deal>({ _id: id, tenantId });
  return {
    find,
    /** Made once under its id, in the pipeline that it names or the tenant's first. */
    open: async (wish: DealWish, wanted: DefaultPipeline): Promise<Deal> => {
      const deal = openDeal(wish, await pipelines.list(wish.tenantId, wanted, wish.at));
      await insert(deal);
      return deal;
    },
    /** The last changed first. */
    list: (tenantId: string, { contactIds, after: place, limit, ...equal }: DealQuery) =>
      collection
        .find<Deal>({
          tenantId,
          ...equal,
          ...(contactIds === undefined ? {} : { contactId: { $in: [...contactIds] } }),
          ...after("updatedAt", place),
        })
        .sort({ updatedAt: -1, _id: -1 })
        .limit(limit)
        .toArray(),
    /** From the stage that was seen to another; false when the deal is elsewhere or closed by now. */
    move: (tenantId: string, id: string, { from, to }: Way<string>, by: By) =>
      step(collection, { _id: id, tenantId, stageId: from, status: "open" }, by, {
        stageId: to,
      }),
    /** Open → won or lost, and back; false when it is not as it was seen. */
    close: (tenantId: string, id: string, { from, to }: Way<DealStatus>, by: By) =>
      step(collection, { _id: id, tenantId, status: from }, by, { status: to }),
    edit: async (
      tenantId: string,
      id: string,
      change: Partial<Pick<Deal, "title" | "amount" | "fields">>,
      at: Date,
    ): Promise<boolean> => {
      const update = { $set: { ...change, updatedAt: at } };
      return (await collection.updateOne({ _id: id, tenantId }, update)).matchedCount === 1;
    },
  };
}

type Moved = { readonly stageId: string } | { readonly status: DealStatus };

/** Guarded by what was seen, so that the history has no gap. */
async function step(
  collection: Collection,
  seen: { readonly _id: string } & Readonly<Record<string, string>>,
  { by, at }: By,
  change: Moved,
): Promise<boolean> {
  const [[field, to] = ["", ""]] = Object.entries(change);
  const done = { $literal: { at, by, from: seen[field], to } };
  const history = { $concatArrays: ["$history", [done]] };
  const update = [{ $set: { [field]: { $literal: to }, updatedAt: at, history } }];
  return (await collection.updateOne(seen, update)).matchedCount === 1;
}
