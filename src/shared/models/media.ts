import { createHash } from "node:crypto";
import mongoose, { Schema } from "mongoose";
import type { Media } from "#shared/domain/event.ts";
import {
  createInserter,
  createReader,
  createWriter,
  type Written,
} from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export type FileId = mongoose.mongo.ObjectId;

/** What is known of a file's bytes once they are here. */
export interface FileFacts {
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly mimeType: string;
}

/** How a provider names a file that was handed to it: one part of a command. */
export type HandedOver =
  | { readonly providerMediaId: string; readonly link?: never }
  | { readonly link: string; readonly providerMediaId?: never };

/** A file that an account has, until when. */
export interface Upload {
  readonly as: HandedOver;
  readonly until: Date;
}

/** A file of a message, or one that was uploaded to be sent; its bytes are in GridFS. */
export interface MediaFile extends Partial<FileFacts> {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  /** `waiting` to be fetched, or still being uploaded. */
  readonly state: "waiting" | "stored" | "failed";
  /** The message that brought it, and where it lies at the provider. */
  readonly from?: {
    readonly channelId: string;
    readonly conversationId: string;
    readonly messageId: string;
    readonly providerMessageId?: string;
    readonly chatId: string;
    readonly media: Media;
  };
  /** The user who uploaded it. */
  readonly by?: string;
  readonly fileName?: string;
  readonly attempt: number;
  /** GridFS's name of the bytes: a new one with each attempt. */
  readonly fileId?: FileId;
  /** The names of earlier attempts, until the bytes are gone that they may have left. */
  readonly leftIds?: readonly FileId[];
  /** By `accountKey`. */
  readonly uploads?: Readonly<Record<string, Upload>>;
  readonly reason?: string;
  readonly createdAt: Date;
  /** When it is due: to be fetched, or to be removed. */
  readonly sweepAt: Date;
}

export const mediaSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    state: String,
    from: Object,
    by: String,
    fileName: String,
    attempt: Number,
    fileId: mongoose.Schema.Types.ObjectId,
    leftIds: { type: [mongoose.Schema.Types.ObjectId], default: undefined },
    mimeType: String,
    size: Number,
    sha256: String,
    uploads: Object,
    reason: String,
    createdAt: Date,
    sweepAt: Date,
  },
  { collection: "media", versionKey: false },
).index({ sweepAt: 1 });

/** Of a message's file; names nobody, for ids stand in links, jobs and logs. */
export const mediaIdOf = (messageId: string): string => hashOf(messageId);

/** A channel may be given another account, which has none of the files. */
export const accountKey = (channelId: string, externalId: string): string =>
  hashOf(`${channelId}|${externalId}`);

const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("base64url").slice(0, 24);

/** One attempt to bring the bytes here. */
export interface MediaClaim {
  readonly attempt: number;
  readonly fileId: FileId;
  /** What earlier attempts may have left. */
  readonly leftIds?: readonly FileId[];
  /** When somebody else may try. */
  readonly until: Date;
}

export function createMedia(collection: Collection) {
  const write = createWriter(collection);
  const ended = (id: string, { attempt }: Pick<MediaClaim, "attempt">, set: Partial<MediaFile>) =>
    write({
      id,
      guard: { state: "waiting", attempt },
      update: { $set: { ...set }, $unset: { leftIds: "" } },
    });
  return {
    insert: createInserter<MediaFile>(collection),
    /** Of any tenant: for links that prove themselves, and for workers. */
    read: createReader<MediaFile>(collection),
    find: (tenantId: string, id: string) => collection.findOne<MediaFile>({ _id: id, tenantId }),
    readAll: (tenantId: string, ids: readonly string[]) =>
      collection.find<MediaFile>({ _id: { $in: [...ids] }, tenantId }).toArray(),
    /** Of any tenant: whoever shows them looks whose they are. */
    readSome: (ids: readonly string[]) =>
      collection.find<MediaFile>({ _id: { $in: [...ids] } }).toArray(),
    readDue: (now: Date, limit: number) =>
      collection
        .find<MediaFile>({ sweepAt: { $lte: now } })
        .sort({ sweepAt: 1 })
        .limit(limit)
        .toArray(),
    /** Takes the next attempt; false when another was first. */
    claim: async (id: string, claim: MediaClaim): Promise<boolean> => {
      const { attempt, fileId, leftIds = [], until } = claim;
      const answer = await write({
        id,
        guard: { state: "waiting", attempt: attempt - 1 },
        update: { $set: { attempt, fileId, leftIds, sweepAt: until } },
        mark: { field: "fileId", value: fileId.toHexString() },
      });
      return answer !== "missed";
    },
    /** The bytes are here; they go at `until`. `missed`: another attempt has taken over. */
    settleStored: (
      id: string,
      claim: MediaClaim,
      facts: FileFacts,
      until: Date,
    ): Promise<Written> => ended(id, claim, { state: "stored", ...facts, sweepAt: until }),
    tryLater: (id: string, claim: MediaClaim, reason: string, at: Date): Promise<Written> =>
      ended(id, claim, { reason, sweepAt: at }),
    settleFailed: (id: string, claim: MediaClaim, reason: string, until: Date): Promise<Written> =>
      ended(id, claim, { state: "failed", reason, sweepAt: until }),
    pushSweep: (id: string, { sweepAt }: Pick<MediaFile, "sweepAt">, at: Date) =>
      write({ id, guard: { state: "waiting", sweepAt }, update: { $set: { sweepAt: at } } }),
    /** It was sent: it stays until `until`, and the account that has it now is remembered. */
    noteUse: (id: string, until: Date, upload?: { readonly key: string } & Upload) =>
      write({
        id,
        guard: { state: "stored" },
        update: {
          $max: { sweepAt: until },
          ...(upload && {
            $set: { [`uploads.${upload.key}`]: { as: upload.as, until: upload.until } },
          }),
        },
      }),
    /** One more attempt for a file of a message that was given up; false where it is none. */
    retry: async (tenantId: string, id: string, now: Date): Promise<boolean> => {
      const { matchedCount } = await collection.updateOne(
        { _id: id, tenantId, state: "failed", from: { $exists: true } },
        { $set: { state: "waiting", sweepAt: now }, $unset: { reason: "" } },
      );
      return matchedCount === 1;
    },
    remove: async (tenantId: string, id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: id, tenantId })).deletedCount === 1,
  };
}
