import { CommandError } from "#cli/failures.ts";
import { readEnv, type Config } from "#shared/config/env.ts";
import { openModels, type Models } from "#shared/models/open-models.ts";
import { connectOnce, type Connection } from "#shared/runtime/mongo.ts";

export interface Database {
  readonly config: Config;
  readonly connection: Connection;
  readonly models: Models;
}

/** Connects once, gives the models to `use` and closes, whatever happens. */
export async function withDatabase<Result>(
  use: (database: Database) => Promise<Result>,
): Promise<Result> {
  const config = readEnv();
  const connection = await connect(config.MONGODB_URI);
  try {
    return await use({
      config,
      connection,
      models: openModels(connection, { keptMs: config.WEBHOOKS_KEPT_MS }),
    });
  } finally {
    await connection.close();
  }
}

/** A person waits: unlike the processes, a command gives up after this long. */
const patienceMs = 10_000;

async function connect(uri: string): Promise<Connection> {
  try {
    return await connectOnce(uri, patienceMs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `could not connect to MongoDB: ${reason}\nCheck MONGODB_URI and that the server runs.`,
      { cause: error },
    );
  }
}
