import { Schema } from "mongoose";
import { createWriter } from "#shared/models/batches.ts";
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
  return {
    raise: (alert: Alert, now: Date) =>
      write({
        id: `${alert.kind}|${alert.subject}`,
        update: {
          $set: { ...alert, lastAt: now },
          $unset: { endedAt: "" },
          $setOnInsert: { firstAt: now },
          $inc: { count: 1 },
        },
        upsert: true,
      }),
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
