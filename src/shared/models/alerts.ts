import { Schema } from "mongoose";
import { createWriter } from "#shared/models/batches.ts";
import { after, type Place } from "#shared/models/place.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** Something that a person should know of; the same trouble again only counts up. */
export interface Alert {
  readonly tenantId: string;
  readonly channelId: string;
  readonly kind: string;
  /** What the trouble is about: a message, a send, the channel. */
  readonly subject: string;
  readonly text: string;
}

/** An alert as it is kept. */
export interface RaisedAlert extends Alert {
  readonly _id: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** It is over, by what happened or by a person's word. */
  readonly endedAt?: Date;
}

/** The same trouble is the same alert. */
const idOf = ({ kind, subject }: Pick<Alert, "kind" | "subject">): string => `${kind}|${subject}`;

/** What a channel's pause is called, whoever pauses it or resumes it. */
export const pauseAlert = (channelId: string) =>
  ({ kind: "channel.paused", subject: channelId }) as const;

/** The same of a customer's file that was given up. */
export const fileAlert = (mediaId: string) => ({ kind: "media.failed", subject: mediaId }) as const;

export type AlertName = Pick<Alert, "tenantId" | "kind" | "subject">;

export interface AlertQuery {
  readonly kind?: string;
  readonly state: "open" | "ended" | "all";
  readonly after?: Place;
  readonly limit: number;
}

export const alertSchema = new Schema(
  {
    _id: String,
    tenantId: String,
    channelId: String,
    kind: String,
    subject: String,
    text: String,
    count: Number,
    firstAt: Date,
    lastAt: Date,
    endedAt: Date,
  },
  { collection: "alerts", versionKey: false },
).index({ tenantId: 1, lastAt: -1 });

export function createAlerts(collection: Collection) {
  const write = createWriter(collection);
  /** The youngest first. */
  const find = (whose: object, { kind, state, after: place, limit }: AlertQuery) =>
    collection
      .find<RaisedAlert>({
        ...whose,
        ...(kind === undefined ? {} : { kind }),
        ...(state === "all" ? {} : { endedAt: { $exists: state === "ended" } }),
        ...after("lastAt", place),
      })
      .sort({ lastAt: -1, _id: -1 })
      .limit(limit)
      .toArray();
  const end = async (whose: object, id: string, now: Date): Promise<boolean> => {
    const filter = { ...whose, _id: id, endedAt: { $exists: false } };
    return (await collection.updateOne(filter, { $set: { endedAt: now } })).matchedCount === 1;
  };
  return {
    raise: (alert: Alert, now: Date) =>
      write({
        id: idOf(alert),
        update: {
          $set: { ...alert, lastAt: now },
          $unset: { endedAt: "" },
          $setOnInsert: { firstAt: now },
          $inc: { count: 1 },
        },
        upsert: true,
      }),
    list: (tenantId: string, query: AlertQuery) => find({ tenantId }, query),
    /** Of all tenants: for whoever runs the system. */
    listAll: (query: AlertQuery) => find({}, query),
    read: async (tenantId: string, id: string): Promise<RaisedAlert | undefined> =>
      (await collection.findOne<RaisedAlert>({ _id: id, tenantId })) ?? undefined,
    /** False where the tenant has none of that id that is open. */
    end: (tenantId: string, id: string, now: Date) => end({ tenantId }, id, now),
    /** The same for whoever runs the system. */
    endAnyones: (id: string, now: Date) => end({}, id, now),
    /** What it told of is over; nothing where it was not told, or is over already. */
    endNamed: ({ tenantId, ...name }: AlertName, now: Date) => end({ tenantId }, idOf(name), now),
    /** What a channel has of a kind is over, other than these subjects. */
    endOthers: (
      { tenantId, channelId, kind }: Pick<Alert, "tenantId" | "channelId" | "kind">,
      subjects: readonly string[],
      now: Date,
    ) =>
      collection.updateMany(
        {
          tenantId,
          channelId,
          kind,
          subject: { $nin: [...subjects] },
          endedAt: { $exists: false },
        },
        { $set: { endedAt: now } },
      ),
  };
}
