import { Schema } from "mongoose";
import { createWriter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

/** Every API process tells that it lives: silence of receipts means nothing while one did not. */
export interface ProcessRecord {
  readonly _id: string;
  readonly role: "api";
  readonly startedAt: Date;
  readonly beatAt: Date;
  /** Last time that it answered 503. */
  readonly refusedAt?: Date;
  readonly endedAt?: Date;
  readonly expiresAt: Date;
}

export const processSchema = new Schema(
  {
    _id: String,
    role: String,
    startedAt: Date,
    beatAt: Date,
    refusedAt: Date,
    endedAt: Date,
    expiresAt: Date,
  },
  { collection: "processes", versionKey: false },
).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const keptMs = 7 * 86_400_000;

export type Processes = ReturnType<typeof createProcesses>;

export function createProcesses(collection: Collection) {
  const write = createWriter(collection);
  return {
    beat: (id: string, startedAt: Date, now: Date, refusedAt: Date | undefined) =>
      write({
        id,
        update: {
          $set: {
            role: "api",
            startedAt,
            beatAt: now,
            expiresAt: new Date(now.getTime() + keptMs),
            ...(refusedAt === undefined ? {} : { refusedAt }),
          },
        },
        upsert: true,
      }),
    end: (id: string, now: Date) => write({ id, update: { $set: { endedAt: now } } }),
    list: () => collection.find<ProcessRecord>({ role: "api" }).toArray(),
  };
}
