import { Schema } from "mongoose";
import type { Command } from "#shared/domain/command.ts";
import {
  createInserter,
  createKeyReader,
  createReader,
  createWriter,
} from "#shared/models/batches.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export type OpenState = "queued" | "sending" | "unknown";
export type ClosedState = "sent" | "failed" | "held" | "parked" | "canceled";

/** One message that we send. */
export interface Outgoing {
  /** `conversation|lane|sequence`. */
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly lane: "replies";
  readonly sequence: number;
  readonly peer: string;
  readonly command: Command;
  readonly origin: "bot" | "operator";
  /** The user who sends. */
  readonly by?: string;
  readonly causedBy: string;
  readonly windowUntil?: Date;
  readonly resendOf?: string;
  readonly state: OpenState | ClosedState;
  /** `conversation|lane` while unsettled: it holds the lane. */
  readonly open?: string;
  readonly attempt: number;
  /** Fresh with every claim: tells whose claim it is. */
  readonly claim?: string;
  readonly claimedAt?: Date;
  readonly claimUntil?: Date;
  readonly notBefore?: Date;
  readonly sweepAt?: Date;
  readonly unknownAt?: Date;
  readonly providerMessageId?: string;
  /** Delivery as receipts tell it; never falls. */
  readonly rank?: number;
  readonly reason?: string;
  readonly code?: string;
  readonly advice?: string;
  readonly createdAt: Date;
  readonly settledAt?: Date;
}

export const outgoingSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    channelId: String,
    conversationId: String,
    lane: String,
    sequence: Number,
    peer: String,
    command: Object,
    origin: String,
    by: String,
    causedBy: String,
    windowUntil: Date,
    resendOf: String,
    state: String,
    open: String,
    attempt: Number,
    claim: String,
    claimedAt: Date,
    claimUntil: Date,
    notBefore: Date,
    sweepAt: Date,
    unknownAt: Date,
    providerMessageId: String,
    rank: Number,
    reason: String,
    code: String,
    advice: String,
    createdAt: Date,
    settledAt: Date,
  },
  { collection: "outgoing", versionKey: false },
)
  .index({ open: 1 }, { sparse: true })
  .index({ sweepAt: 1 }, { partialFilterExpression: { sweepAt: { $exists: true } } });

const sequenceDigits = 10;

/** Fixed width, so that `_id` sorts by sequence. */
export const outgoingIdOf = (conversationId: string, lane: string, sequence: number): string =>
  `${conversationId}|${lane}|${String(sequence).padStart(sequenceDigits, "0")}`;

/** The sequence in an id that `outgoingIdOf` made. */
export const sequenceOf = (outgoingId: string): number =>
  Number(outgoingId.slice(outgoingId.lastIndexOf("|") + 1));

export const laneKey = (conversationId: string, lane: string): string =>
  `${conversationId}|${lane}`;

/** The fields that a settled send no longer has. */
const closing = { $unset: { open: "", sweepAt: "", claim: "", claimUntil: "", notBefore: "" } };

export function createOutgoing(collection: Collection) {
  const write = createWriter(collection);
  const readOpen = createKeyReader<Outgoing>(collection, "open", ({ open }) =>
    open === undefined ? [] : [open],
  );
  return {
    insert: createInserter<Outgoing>(collection),
    read: createReader<Outgoing>(collection),
    /** The lane's open sends by sequence, at most `limit`. */
    readOpen: (conversationId: string, lane: string, limit: number) =>
      readOpen({ key: laneKey(conversationId, lane), limit }),
    /** queued → sending, for the attempt after the one that was read. */
    claim: async (id: string, claim: Claim): Promise<boolean> => {
      const { attempt, token, claimedAt, claimUntil } = claim;
      const answer = await write({
        id,
        guard: { state: "queued", attempt: attempt - 1 },
        update: {
          $set: {
            state: "sending",
            attempt,
            claim: token,
            claimedAt,
            claimUntil,
            sweepAt: claimUntil,
          },
          $unset: { notBefore: "" },
        },
        mark: { field: "claim", value: token },
      });
      return answer !== "missed";
    },
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
    /** Back to the queue: surely not taken. */
    requeue: (id: string, of: Attempt, notBefore: Date, reason: string) =>
      write({
        id,
        guard: guardOf(of),
        update: {
          $set: { state: "queued", notBefore, sweepAt: notBefore, reason },
          $unset: { claim: "", claimUntil: "", unknownAt: "" },
        },
      }),
    markUnknown: (id: string, of: Attempt, now: Date, sweepAt: Date, reason: string) =>
      write({
        id,
        guard: guardOf(of),
        update: {
          $set: { state: "unknown", unknownAt: now, sweepAt, reason },
          $unset: { claimUntil: "" },
        },
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
    /** When the sweeper looks next. What was closed in the meantime stays closed to it. */
    pushSweep: (id: string, sweepAt: Date | undefined) =>
      write({
        id,
        guard: { sweepAt: { $exists: true } },
        update: sweepAt === undefined ? { $unset: { sweepAt: "" } } : { $set: { sweepAt } },
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
    readDue: (now: Date, limit: number) =>
      collection
        .find<Outgoing>({ sweepAt: { $lte: now } })
        .sort({ sweepAt: 1 })
        .limit(limit)
        .toArray(),
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

export interface Claim {
  readonly attempt: number;
  readonly token: string;
  readonly claimedAt: Date;
  readonly claimUntil: Date;
}

/** What was learned about one attempt, and the states in which it still counts. */
export interface Attempt {
  readonly states: readonly (OpenState | "held")[];
  readonly attempt: number;
  /** The claim's token, where one process speaks of its own call. */
  readonly claim?: string;
}

const guardOf = ({ states, attempt, claim }: Attempt) => ({
  state: { $in: states },
  attempt,
  ...(claim === undefined ? {} : { claim }),
});

export interface Closing {
  readonly state: ClosedState;
  readonly settledAt: Date;
  readonly reason: string;
  readonly code?: string;
  readonly advice?: string;
}
