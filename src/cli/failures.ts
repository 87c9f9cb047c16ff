import { isDuplicate, isOutage } from "#shared/models/outage.ts";

/** The command line itself is wrong: the usage follows the message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command was understood and did not work; the message says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** Printed all the same: what a program reads. */
  readonly out: string;
  constructor(message: string, { out = "", ...options }: ErrorOptions & { out?: string } = {}) {
    super(message, options);
    this.out = out;
  }
}

/** What an operator reads: never a stack, never an address with a password in it. */
export function describeFailure(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  if (isDuplicate(error))
    return "the database already has such a document: somebody else wrote it just now, run the command again";
  if (isOutage(error))
    return "MongoDB did not answer in time: check MONGODB_URI and that the server runs, then run the command again";
  return `unexpected: ${error instanceof Error ? error.message : String(error)}`;
}
