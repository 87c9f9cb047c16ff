import { Schema } from "mongoose";
import type { Command } from "#shared/domain/command.ts";
import { createWriter } from "#shared/models/batches.ts";
import {
  closing,
  createLaneItems,
  guardOf,
  laneItemFields,
  laneKey,
  type Attempt,
  type ClosedState,
  type LaneItem,
} from "#shared/models/lane-items.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** One message that we send. */
export interface Outgoing extends LaneItem {
  readonly schemaVersion: 1;
  readonly lane: "replies";
  readonly sequence: number;
  readonly command: Command;
  readonly origin: "bot" | "operator";
  /** The user who sends. */
  readonly by?: string;
  readonly causedBy: string;
  readonly windowUntil?: Date;
  readonly resendOf?: string;
  readonly providerMessageId?: string;
  /** Delivery as receipts tell it; never falls. */
  readonly rank?: number;
  readonly code?: string;
  readonly advice?: string;
}

export const outgoingSchema = new Schema(
  {
    ...laneItemFields,
    lane: String,
    sequence: Number,
    command: Object,
    origin: String,
    by: String,
    causedBy: String,
    windowUntil: Date,
    resendOf: String,
    providerMessageId: String,
    rank: Number,
    code: String,
    advice: String,
  },
  { collection: "outgoing", versionKey: false },
)
  .index({ open: 1 }, { sparse: true })
  .index({ sweepAt: 1 }, { partialFilterExpression: { sweepAt: { $exists: true } } });

/** They are no messages: the chat does not show them. */
const marks: readonly Command["type"][] = ["read", "typing"];

const sequenceDigits = 10;

/** Fixed width, so that `_id` sorts by sequence. */
export const outgoingIdOf = (conversationId: string, lane: string, sequence: number): string =>
  `${conversationId}|${lane}|${String(sequence).padStart(sequenceDigits, "0")}`;

/** The sequence in an id that `outgoingIdOf` made. */
export const sequenceOf = (outgoingId: string): number =>
  Number(outgoingId.slice(outgoingId.lastIndexOf("|") + 1));

export function createOutgoing(collection: Collection) {
  const write = createWriter(collection);
  const items = createLaneItems<Outgoing>(collection, write);
  return {
    ...items,
    readOpen: (conversationId: string, lane: string, limit: number) =>
      items.readOpen(laneKey(conversationId, lane), limit),
    /** A provider's id counts from any state, whoever got it, and is never taken back. */
    settleSent: (id: string, providerMessageId: string | undefined, now: Date) =>
      write({
        id,
        guard: { state: { $nin: ["sent"] } },
        update: {
          $set: {
            state: "sent",
            settledAt: now,
            ...(providerMessageId === undefined ? {} : { providerMessageId }),
          },
          $unset: { ...closing.$unset, unknownAt: "", reason: "", code: "", advice: "" },
        },
      }),
    /** A negative outcome counts for the attempt and the state that it was learned about, only. */
    settleNegative: (id: string, of: Attempt, closed: Closing) =>
      write({
        id,
        guard: guardOf(of),
        update: { $set: { ...closed }, ...closing },
      }),
    /** Shown to an operator; evidence that comes later still settles it. */
    hold: (id: string, of: Attempt, now: Date, sweepAt: Date | undefined, reason: string) =>
      write({
        id,
        guard: guardOf(of),
        update: {
          $set: {
            state: "held",
            settledAt: now,
            reason,
            ...(sweepAt === undefined ? {} : { sweepAt }),
          },
          $unset: { open: "", claimUntil: "", ...(sweepAt === undefined ? { sweepAt: "" } : {}) },
        },
      }),
    /** Delivery by a receipt: the rank never falls. */
    raiseRank: (id: string, rank: number) => write({ id, update: { $max: { rank } } }),
    /** A `failed` receipt outranks `sent` of the same attempt. */
    failByReceipt: (id: string, attempt: number, closed: Closing) =>
      write({
        id,
        guard: { attempt, state: { $in: ["sending", "unknown", "sent", "held"] } },
        update: { $set: { ...closed }, ...closing },
      }),
    /** The bot's replies that did not leave yet, up to a sequence. */
    cancelQueued: (conversationId: string, lane: string, upTo: number, now: Date) =>
      collection.updateMany(
        {
          open: laneKey(conversationId, lane),
          state: "queued",
          origin: "bot",
          sequence: { $lte: upTo },
        },
        {
          $set: { state: "canceled", settledAt: now, reason: "an operator took over" },
          ...closing,
        },
      ),
    /** Sends of a conversation after a sequence that left or may have left. */
    hasNewer: async (conversationId: string, lane: string, sequence: number) =>
      (await collection.findOne(
        {
          _id: {
            $gt: outgoingIdOf(conversationId, lane, sequence),
            $lte: outgoingIdOf(conversationId, lane, 9_999_999_999),
          },
          state: { $in: ["sending", "unknown", "sent", "held"] },
        },
        { projection: { _id: 1 } },
      )) !== null,
    /** Of any tenant: whoever shows them looks whose they are. */
    readAll: (ids: readonly string[]) =>
      collection.find<Outgoing>({ _id: { $in: [...ids] } }).toArray(),
    /** What the chat shows of our sends, the youngest first; `_id` leads with the conversation. */
    listOf: (
      tenantId: string,
      conversationId: string,
      { after: place, limit }: { readonly after?: Place; readonly limit: number },
    ) =>
      collection
        .find<Outgoing>({
          $and: [
            {
              _id: {
                $gt: laneKey(conversationId, "replies"),
                $lte: outgoingIdOf(conversationId, "replies", 9_999_999_999),
              },
            },
            after("createdAt", place),
          ],
          tenantId,
          "command.type": { $nin: marks },
        })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .toArray(),
    /** Recent sends to a peer that a provider's echo may speak of. */
    readRecent: (conversationId: string, lane: string, since: Date) =>
      collection
        .find<Outgoing>({
          _id: {
            $gt: laneKey(conversationId, lane),
            $lte: outgoingIdOf(conversationId, lane, 9_999_999_999),
          },
          claimedAt: { $gte: since },
        })
        .sort({ _id: 1 })
        .toArray(),
  };
}

export interface Closing {
  readonly state: ClosedState;
  readonly settledAt: Date;
  readonly reason: string;
  readonly code?: string;
  readonly advice?: string;
}
