import mongoose from "mongoose";

const { MongoError, MongoNetworkError, MongoServerSelectionError, MongoServerError } =
  mongoose.mongo;

/** FerretDB answers code 1 while its PostgreSQL is away; others are a server that steps down. */
const awayCodes: ReadonlySet<unknown> = new Set([
  1, 91, 189, 10_107, 11_600, 11_602, 13_435, 13_436,
]);

/** True for what says nothing about the operation: the server could not be asked. */
export function isOutage(error: unknown): boolean {
  // A bulk write wraps whatever ended it, a lost connection too, as if the server had said it.
  if (error instanceof MongoServerError)
    return awayCodes.has(error.code) || isOutage(error.cause ?? error.errorResponse);
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  return error instanceof MongoError && /pool|topology|timed? ?out|closed/i.test(error.message);
}

/** True for the one code that MongoDB may also give for a fault of the operation itself. */
export const isDoubtful = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 1;

export const duplicateKey = 11_000;

/** True when the document is already there. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === duplicateKey;
