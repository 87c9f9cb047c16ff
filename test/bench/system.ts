import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { Redis } from "ioredis";
import mongoose from "mongoose";
import { z } from "zod";
import { openModels } from "../../src/shared/models/open-models.ts";
import { addChannel, encryptionKey } from "../support/channels.ts";
import type { Bench } from "./bench.ts";
import { startHelper, type Helper } from "./helper.ts";
import { idInstance } from "./messages.ts";
import { startOurs, type OurProcess, type Role } from "./our-process.ts";

/** One API and so many workers on a database of their own, between driver and provider. */
export interface System {
  readonly origin: string;
  readonly token: string;
  readonly api: OurProcess;
  readonly processes: readonly OurProcess[];
  readonly provider: Helper;
  readonly driver: Helper;
  readonly redis: Redis;
  readonly database: mongoose.Connection;
}

export interface SystemOptions {
  readonly workers: number;
  readonly latencyMs: number;
  /** The bot's; by default the echo of one message. */
  readonly flow?: unknown;
  /** More settings for the measured processes. */
  readonly settings?: (role: Role, place: number) => Readonly<Record<string, string>>;
}

const token = "webhook-token-of-the-bench";
/** The provider's own 50 a second would be all that is measured; the limiter still runs. */
const perSecond = 100_000;

/** Starts it, hands it over, and takes it down whatever happens. */
export async function withSystem<Result>(
  bench: Bench,
  options: SystemOptions,
  use: (system: System) => Promise<Result>,
): Promise<Result> {
  const name = `bench_${randomBytes(4).toString("hex")}`;
  const uri = new URL(bench.mongodbUri);
  uri.pathname = `/${name}`;
  const database = await mongoose.createConnection(uri.toString()).asPromise();
  const redis = new Redis(bench.redisUrl);
  const provider = startHelper(new URL("provider-process.ts", import.meta.url));
  const driver = startHelper(new URL("driver-process.ts", import.meta.url));
  const processes: OurProcess[] = [];
  try {
    const { port } = await provider.ask("listen", {}, z.object({ port: z.number() }));
    await provider.ask("reset", { latencyMs: options.latencyMs }, z.undefined());
    await seed(database, options.flow ?? echoFlow());
    const start = async (role: Role, place: number): Promise<OurProcess> => {
      const ownPort = await freePort();
      const started = await startOurs({
        role,
        port: ownPort,
        logFile: resolve(bench.folder, "logs", `${name}-${role}-${place}.log`),
        settings: {
          NODE_ENV: "production",
          HOST: "127.0.0.1",
          [role === "api" ? "PORT" : "WORKER_PORT"]: String(ownPort),
          REDIS_URL: bench.redisUrl,
          REDIS_PREFIX: name,
          MONGODB_URI: uri.toString(),
          ENCRYPTION_KEY: encryptionKey,
          WEBHOOK_SECRET: token,
          LOOP_REPLIES: "0",
          GREEN_API_URL: `http://127.0.0.1:${port}`,
          ...bench.flags.settings,
          ...options.settings?.(role, place),
        },
      });
      processes.push(started);
      return started;
    };
    const api = await start("api", 0);
    for (const place of Array.from({ length: options.workers }).keys())
      await start("workers", place);
    const origin = `http://127.0.0.1:${api.port}`;
    return await use({ origin, token, api, processes, provider, driver, redis, database });
  } finally {
    // A probe takes memory and time of its own.
    if (options.settings === undefined) for (const each of processes) bench.note(each);
    await Promise.all(processes.map((each) => each.stop()));
    await Promise.all([provider.stop(), driver.stop()]);
    await database.dropDatabase();
    await database.close();
    await deleteKeys(redis, name);
  }
}

const echoFlow = (): unknown => JSON.parse(readFileSync("examples/bots/echo.json", "utf8"));

async function seed(database: mongoose.Connection, flow: unknown): Promise<void> {
  const models = openModels(database, { keptMs: 86_400_000 });
  const now = new Date();
  const bot = { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "echo", updatedAt: now };
  await models.bots.create({ ...bot, schemaVersion: 1 });
  await models.bots.publish({ ...bot, schemaVersion: 1 }, flow, now);
  await addChannel(models.channels, {
    _id: "green",
    provider: "green-api",
    externalId: String(idInstance),
    token: "green-token",
    botId: "bot",
    defaultOf: "green-api",
    perSecond,
  });
}

async function deleteKeys(redis: Redis, prefix: string): Promise<void> {
  for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 }))
    if (Array.isArray(keys) && keys.length > 0) await redis.unlink(...keys);
  redis.disconnect();
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const { port } = z.object({ port: z.number() }).parse(server.address());
      server.close(() => done(port));
    });
  });
}
