import { createHash, type Hash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import { fileTypeFromBuffer } from "file-type";
import mongoose, { Schema, type Connection } from "mongoose";
import type { FileFacts, FileId } from "#shared/models/media.ts";

const { GridFSBucket, ObjectId } = mongoose.mongo;

const bucketName = "media";

/** The driver would make the same indexes at the first file, and two processes at once. */
const filesSchema = new Schema({}, { collection: `${bucketName}.files`, versionKey: false }).index({
  filename: 1,
  uploadDate: 1,
});
const chunksSchema = new Schema(
  {},
  { collection: `${bucketName}.chunks`, versionKey: false },
).index({ files_id: 1, n: 1 }, { unique: true });

export interface Incoming {
  readonly fileId: FileId;
  readonly tenantId: string;
  readonly mediaId: string;
  /** What the sender says that it is. */
  readonly mimeType?: string | undefined;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly mostBytes: number;
  readonly signal?: AbortSignal;
}

/** There are more bytes than the setting allows: trying again would change nothing. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";

  constructor(mostBytes: number) {
    super(`the file is larger than ${mostBytes} bytes (MEDIA_MAX_BYTES)`);
  }
}

/** The bytes of files, in GridFS. */
export function createMediaBytes(connection: Connection) {
  connection.model("MediaFiles", filesSchema);
  connection.model("MediaChunks", chunksSchema);
  const { db } = connection;
  if (db === undefined) throw new Error("MongoDB: the connection was closed");
  const bucket = new GridFSBucket(db, { bucketName });
  return {
    newId: (): FileId => new ObjectId(),
    /** Streams them in, counted, hashed and looked at on the way. */
    write: async (incoming: Incoming): Promise<FileFacts> => {
      const { fileId, tenantId, mediaId, bytes, mostBytes, signal } = incoming;
      const meter = createMeter(mostBytes);
      const options = { metadata: { tenantId } };
      const upload = bucket.openUploadStreamWithId(fileId, mediaId, options);
      await pipeline(
        bytes,
        (pieces) => meter.measure(pieces),
        upload,
        signal === undefined ? {} : { signal },
      );
      return meter.facts(incoming.mimeType);
    },
    /** From `start` up to `end`, which is not among them. */
    read: (
      fileId: FileId,
      range: { readonly start?: number; readonly end?: number } = {},
    ): Readable => bucket.openDownloadStream(fileId, range),
    /** Also what an attempt left that did not end: the bucket itself removes whole files only. */
    remove: async (fileId: FileId): Promise<void> => {
      await db.collection(`${bucketName}.files`).deleteOne({ _id: fileId });
      await db.collection(`${bucketName}.chunks`).deleteMany({ files_id: fileId });
    },
  };
}

/** Kinds are told by their first bytes. */
const headBytes = 4100;

function createMeter(mostBytes: number) {
  const hash: Hash = createHash("sha256");
  const head: Uint8Array[] = [];
  let size = 0;
  return {
    measure: async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of bytes) {
        if (size < headBytes) head.push(piece.subarray(0, headBytes - size));
        size += piece.length;
        if (size > mostBytes) throw new TooLarge(mostBytes);
        hash.update(piece);
        yield piece;
      }
    },
    facts: async (told: string | undefined): Promise<FileFacts> => {
      const seen = await fileTypeFromBuffer(Buffer.concat(head));
      return { size, sha256: hash.digest("hex"), mimeType: typeOf(seen?.mime, told) };
    },
  };
}

const plainTypes = /^text\/(plain|csv)(?=$|;)/;
const wrappers: ReadonlySet<string> = new Set(["application/zip", "application/x-cfb"]);
/** What a sender says of an office document: its wrapper alone tells no more than that it is one. */
const documentTypes =
  /^application\/(msword|vnd\.(ms-(excel|powerpoint)|(openxmlformats-officedocument|oasis)[\w.-]+))$/;

/** What the bytes say goes before what the sender says. */
function typeOf(seen: string | undefined, told = ""): string {
  if (seen === undefined) return plainTypes.exec(told)?.[0] ?? "application/octet-stream";
  return wrappers.has(seen) && documentTypes.test(told) ? told : seen;
}
