import { randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import { connectOnce } from "../../src/shared/runtime/mongo.ts";
import { inject, onTestFinished } from "vitest";
import { openModels } from "#shared/models/open-models.ts";
import { runCli, type Ran } from "./run-cli.ts";

export const encryptionKey = "a key of the tests, 32 characters";

/** A database and a queue prefix of the test's own; nothing of them is left. */
export async function openWorld() {
  const name = `cli_${randomBytes(6).toString("hex")}`;
  const uri = new URL(inject("mongodbUri"));
  uri.pathname = `/${name}`;
  const settings = {
    MONGODB_URI: uri.toString(),
    REDIS_URL: inject("redisUrl"),
    REDIS_PREFIX: name,
    ENCRYPTION_KEY: encryptionKey,
  };
  const connection = await connectOnce(uri.toString(), 10_000);
  onTestFinished(async () => {
    await connection.dropDatabase();
    await connection.close();
    await deleteKeys(name);
  });
  return {
    connection,
    settings,
    models: openModels(connection, { keptMs: 1000 }),
    run: (args: readonly string[], input?: string) =>
      runCli(args, { env: settings, ...(input === undefined ? {} : { input }) }),
    /** Every document of the database as text. */
    dump: async (): Promise<string> => {
      const collections = (await connection.db?.collections()) ?? [];
      const found = await Promise.all(
        collections
          .toSorted((a, b) => (a.collectionName < b.collectionName ? -1 : 1))
          .map(async (collection) => [
            collection.collectionName,
            await collection.find().sort({ _id: 1 }).toArray(),
          ]),
      );
      return JSON.stringify(found);
    },
  };
}

/** The JSON that a command printed; its complaint where it did not work. */
export function readJson({ out, err, exitCode }: Ran): unknown {
  if (exitCode !== 0) throw new Error(`exit code ${String(exitCode)}: ${err}`);
  return JSON.parse(out);
}

async function deleteKeys(prefix: string): Promise<void> {
  const redis = new Redis(inject("redisUrl"));
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}
