import mongoose, { type Connection } from "mongoose";
import { setTimeout as wait } from "node:timers/promises";
import { failOnClose } from "#shared/runtime/mongo-close.ts";
import type { Log } from "#shared/runtime/log.ts";

/** Any document as the driver sees it; each model gives its own type to what it reads. */
export interface Raw extends mongoose.mongo.Document {
  _id: string;
}
export type Collection = mongoose.mongo.Collection<Raw>;
export type { Connection };

/**
 * Connects, waiting for a server that is not there yet. Afterwards the driver reconnects by itself;
 * what is asked while the server is away fails after `selectionMs`. Writes are acknowledged by a
 * majority and journaled; retries are ours, because only we know what may be repeated.
 */
export async function connectMongo(
  uri: string,
  selectionMs: number,
  log: Log,
): Promise<Connection> {
  for (;;) {
    try {
      return await connectOnce(uri, selectionMs);
    } catch (error) {
      log.warn({ event: "mongo.away", reason: error instanceof Error ? error.message : "unknown" });
      await wait(500);
    }
  }
}

/** Connects or rejects after `selectionMs`. */
export function connectOnce(uri: string, selectionMs: number): Promise<Connection> {
  failOnClose();
  return mongoose.createConnection(uri, options(selectionMs)).asPromise();
}

const options = (selectionMs: number): mongoose.ConnectOptions => ({
  autoIndex: false,
  autoCreate: false,
  maxPoolSize: 20,
  retryWrites: false,
  promoteBuffers: true,
  serverSelectionTimeoutMS: selectionMs,
  connectTimeoutMS: 10_000,
  socketTimeoutMS: 10_000,
  writeConcern: { w: "majority", journal: true },
});

/** The driver's own collection, for everything hot. */
export function collectionOf(connection: Connection, name: string): Collection {
  if (connection.db === undefined) throw new Error("MongoDB: the connection was closed");
  return connection.db.collection<Raw>(name);
}
