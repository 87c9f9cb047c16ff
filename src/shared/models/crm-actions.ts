import { createHash } from "node:crypto";
import { Schema } from "mongoose";
import type { CrmWork } from "#shared/domain/crm.ts";
import { createWriter } from "#shared/models/batches.ts";
import {
  closing,
  createLaneItems,
  guardOf,
  laneItemFields,
  laneKey,
  type Attempt,
  type LaneItem,
} from "#shared/models/lane-items.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** One attempt, as the delivery log shows it. */
export interface Try {
  readonly at: Date;
  readonly ms: number;
  readonly outcome: string;
  /** The answer's HTTP status. */
  readonly status?: number;
  readonly reason?: string;
}

/** One thing for an outside system; with its attempts it is the delivery log. */
export interface CrmAction extends LaneItem {
  readonly schemaVersion: 1;
  readonly work: CrmWork;
  /** Whom it is for: a connection; absent for a scenario's request. */
  readonly connectionId?: string;
  /** The event's type, or `request`. */
  readonly type: string;
  /** By the attempt's number. */
  readonly tries: Readonly<Record<string, Try>>;
  /** The attempt after which it was asked for anew: the retry schedule counts from there. */
  readonly base: number;
  readonly expiresAt?: Date;
}

export const crmActionSchema = new Schema(
  {
    ...laneItemFields,
    work: Object,
    connectionId: String,
    type: String,
    tries: Object,
    base: Number,
    expiresAt: Date,
  },
  { collection: "crm_actions", versionKey: false },
)
  .index({ open: 1 }, { sparse: true })
  .index({ sweepAt: 1 }, { partialFilterExpression: { sweepAt: { $exists: true } } })
  .index({ tenantId: 1, connectionId: 1, createdAt: -1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Each outside system has its own lane in a conversation: one that is away holds up no other. */
export const crmLaneOf = (conversationId: string, work: CrmWork): string =>
  laneKey(conversationId, work.kind === "event" ? `crm-${work.connectionId}` : "crm");

/** Fixed width, so that `_id` sorts by the turn and the place in it. */
export const crmPlace = (version: number, index: number): string =>
  `${String(version).padStart(10, "0")}-${String(index).padStart(4, "0")}`;

/** What the receiver tells repeats apart by: the same for every attempt. */
export const webhookIdOf = ({ _id }: Pick<CrmAction, "_id">): string =>
  `msg_${createHash("sha256").update(_id).digest("base64url").slice(0, 32)}`;

interface Origin extends Pick<
  CrmAction,
  "tenantId" | "channelId" | "conversationId" | "peer" | "createdAt" | "sweepAt"
> {
  readonly work: CrmWork;
  /** Where it stands in its lane. */
  readonly place: string;
}

/** A new action: the same place, the same id, however often it is written. */
export function buildCrmAction({ work, place, ...origin }: Origin): CrmAction {
  const lane = crmLaneOf(origin.conversationId, work);
  return {
    _id: `${lane}|${place}`,
    schemaVersion: 1,
    ...origin,
    work,
    ...(work.kind === "event" ? { connectionId: work.connectionId } : {}),
    type: work.kind === "event" ? work.event.type : "request",
    state: "queued",
    open: lane,
    attempt: 0,
    base: 0,
    tries: {},
  };
}

export interface Settled {
  readonly state: "sent" | "failed" | "canceled";
  readonly at: Date;
  readonly reason?: string;
}

/** `keptMs`: how long a settled action stays. */
export function createCrmActions(collection: Collection, keptMs: number) {
  const write = createWriter(collection);
  const items = createLaneItems<CrmAction>(collection, write);
  return {
    ...items,
    /** Closed for this attempt, with what is known of it. */
    settle: (id: string, of: Attempt, { state, at, reason }: Settled, tried?: Try) =>
      write({
        id,
        guard: guardOf(of),
        update: {
          $set: {
            state,
            settledAt: at,
            expiresAt: new Date(at.getTime() + keptMs),
            ...(reason === undefined ? {} : { reason }),
            ...(tried === undefined ? {} : { [`tries.${of.attempt}`]: tried }),
          },
          $unset: {
            ...closing.$unset,
            unknownAt: "",
            ...(reason === undefined ? { reason: "" } : {}),
          },
        },
      }),
    /** Goes again, later. */
    retry: (id: string, of: Attempt, notBefore: Date, tried: Try) =>
      write({
        id,
        guard: guardOf(of),
        update: {
          $set: {
            state: "queued",
            notBefore,
            sweepAt: notBefore,
            ...(tried.reason === undefined ? {} : { reason: tried.reason }),
            [`tries.${of.attempt}`]: tried,
          },
          $unset: { claim: "", claimUntil: "", unknownAt: "" },
        },
      }),
    /** What waits behind a head that rests: the sweeper need not look at it before. */
    restLane: (key: string, until: Date) =>
      collection.updateMany(
        { open: key, state: "queued", sweepAt: { $lt: until } },
        { $set: { sweepAt: until } },
      ),
    /** One that tells a connection of an event. */
    findOf: (tenantId: string, id: string) =>
      collection.findOne<CrmAction>({ _id: id, tenantId, connectionId: { $exists: true } }),
    /** A connection's delivery log, the youngest first. */
    listOf: (
      tenantId: string,
      connectionId: string,
      query: { readonly state?: string; readonly after?: Place; readonly limit: number },
    ) =>
      collection
        .find<CrmAction>({
          tenantId,
          connectionId,
          ...(query.state === undefined ? {} : { state: query.state }),
          ...after("createdAt", query.after),
        })
        .sort({ createdAt: -1, _id: -1 })
        .limit(query.limit)
        .toArray(),
    /** A settled action once more, under its old id; false when it is open or gone. */
    redeliver: async (tenantId: string, action: CrmAction, now: Date): Promise<boolean> => {
      const { _id, attempt, conversationId, work, state } = action;
      const { matchedCount } = await collection.updateOne(
        { _id, tenantId, attempt, state, open: { $exists: false } },
        {
          $set: {
            state: "queued",
            open: crmLaneOf(conversationId, work),
            base: attempt,
            sweepAt: now,
          },
          $unset: { settledAt: "", expiresAt: "", reason: "", notBefore: "" },
        },
      );
      return matchedCount === 1;
    },
  };
}
