import { randomBytes } from "node:crypto";
import mongoose from "mongoose";
import { inject } from "vitest";
import { ensureIndexes, openModels } from "../../src/shared/models/open-models.ts";
import { collectionOf } from "../../src/shared/runtime/mongo.ts";

export type TestDatabase = Awaited<ReturnType<typeof startTestDatabase>>;

/** A database of the test's own with every collection; `commands` names each command that was sent. */
export async function startTestDatabase() {
  const uri = new URL(inject("mongodbUri"));
  uri.pathname = `/test_${randomBytes(6).toString("hex")}`;
  const connection = await mongoose
    .createConnection(uri.toString(), { monitorCommands: true, retryWrites: false })
    .asPromise();
  const models = openModels(connection, { keptMs: 86_400_000 });
  await ensureIndexes(connection);
  const commands: string[] = [];
  connection.getClient().on("commandStarted", ({ commandName }) => void commands.push(commandName));
  return {
    models,
    commands,
    collection: (name: string) => collectionOf(connection, name),
    stop: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
