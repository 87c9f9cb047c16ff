import {
  createInserter,
  createKeyReader,
  createReader,
  type createWriter,
} from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export type OpenState = "queued" | "sending" | "unknown";
export type ClosedState = "sent" | "failed" | "held" | "parked" | "canceled";

/** One piece of a conversation's ordered outgoing work, whatever it is and whoever gets it. */
export interface LaneItem {
  /** Its lane, then its place there: sorts by order. */
  readonly _id: string;
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly peer: string;
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
  readonly reason?: string;
  readonly createdAt: Date;
  readonly settledAt?: Date;
}

/** The schema's part of it. */
export const laneItemFields = {
  _id: String,
  schemaVersion: Number,
  tenantId: String,
  channelId: String,
  conversationId: String,
  peer: String,
  state: String,
  open: String,
  attempt: Number,
  claim: String,
  claimedAt: Date,
  claimUntil: Date,
  notBefore: Date,
  sweepAt: Date,
  unknownAt: Date,
  reason: String,
  createdAt: Date,
  settledAt: Date,
};

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

export const guardOf = ({ states, attempt, claim }: Attempt) => ({
  state: { $in: states },
  attempt,
  ...(claim === undefined ? {} : { claim }),
});

export const laneKey = (conversationId: string, lane: string): string =>
  `${conversationId}|${lane}`;

/** The fields that a settled item no longer has. */
export const closing = {
  $unset: { open: "", sweepAt: "", claim: "", claimUntil: "", notBefore: "" },
};

/** The queries that every lane's items have: each changes what was seen, or nothing. */
export function createLaneItems<Item extends LaneItem>(
  collection: Collection,
  write: ReturnType<typeof createWriter>,
) {
  const readOpen = createKeyReader<Item>(collection, "open", ({ open }) =>
    open === undefined ? [] : [open],
  );
  return {
    insert: createInserter<Item>(collection),
    read: createReader<Item>(collection),
    /** The lane's open items in order, at most `limit`. */
    readOpen: (key: string, limit: number) => readOpen({ key, limit }),
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
    /** When the sweeper looks next. What was closed in the meantime stays closed to it. */
    pushSweep: (id: string, sweepAt: Date | undefined) =>
      write({
        id,
        guard: { sweepAt: { $exists: true } },
        update: sweepAt === undefined ? { $unset: { sweepAt: "" } } : { $set: { sweepAt } },
      }),
    readDue: (now: Date, limit: number) =>
      collection
        .find<Item>({ sweepAt: { $lte: now } })
        .sort({ sweepAt: 1 })
        .limit(limit)
        .toArray(),
  };
}
