import { createHmac, randomBytes } from "node:crypto";
import { Redis } from "ioredis";
import mongoose from "mongoose";
import { inject } from "vitest";
import { startApi } from "../../src/api/start.ts";
import { parseEnv } from "../../src/shared/config/env.ts";
import type { Webhook } from "../../src/shared/models/webhooks.ts";
import { createLog } from "../../src/shared/runtime/log.ts";
import { addChannel, encryptionKey } from "./channels.ts";

type Settings = Readonly<Record<string, string>>;
type Headers = Readonly<Record<string, string>>;

export type TestApi = Awaited<ReturnType<typeof startTestApi>>;

/** An API of its own in this process: free port, own database, own queues. `stop` leaves nothing. */
export async function startTestApi(given: Settings = {}) {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const mongodbUri = given["MONGODB_URI"] ?? inject("mongodbUri");
  const config = parseEnv({
    HOST: "127.0.0.1",
    PORT: "0",
    REDIS_URL: inject("redisUrl"),
    REDIS_PREFIX: name,
    ENCRYPTION_KEY: encryptionKey,
    LOG_LEVEL: "debug",
    ...given,
    MONGODB_URI: withDatabase(mongodbUri, name),
  });
  const lines: string[] = [];
  const log = createLog(config, "api", { write: (line: string) => void lines.push(line) });
  const api = await startApi(config, log);
  const database = await mongoose
    .createConnection(withDatabase(inject("mongodbUri"), name))
    .asPromise();
  const url = urlOf(api.address);
  let down: Promise<void> | undefined;
  const shutDown = () => (down ??= runAll(api.stopSteps));
  return {
    ...api,
    url,
    name,
    database,
    lines,
    addChannel: (channel: Parameters<typeof addChannel>[1]) =>
      addChannel(api.models.channels, channel),
    get: (path: string, headers: Headers = {}) => fetch(url + path, { headers }),
    post: (path: string, body: unknown, headers: Headers = {}) =>
      fetch(url + path, { method: "POST", body: bytesOf(body), headers }),
    readJournal: () =>
      database
        .collection<Webhook>("webhooks")
        .find({}, { promoteBuffers: true })
        .sort({ _id: 1 })
        .toArray(),
    shutDown,
    stop: async () => {
      await shutDown();
      await database.dropDatabase();
      await database.close();
      await deleteKeys(inject("redisUrl"), name);
    },
  };
}

async function runAll(steps: Awaited<ReturnType<typeof startApi>>["stopSteps"]): Promise<void> {
  for (const [, run] of steps) await run();
}

/** The body as it was posted. */
export const textOf = ({ raw }: Pick<Webhook, "raw">): string => Buffer.from(raw).toString();

/** Meta's signature over the bytes that `post` sends. */
export const sign = (body: unknown, secret: string): Headers => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(bytesOf(body)).digest("hex")}`,
});

const bytesOf = (body: unknown): string | Uint8Array<ArrayBuffer> => {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === "string" ? body : JSON.stringify(body);
};

export function withDatabase(uri: string, name: string): string {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.toString();
}

function urlOf(address: Awaited<ReturnType<typeof startApi>>["address"]): string {
  if (address === null || typeof address === "string") throw new Error("the API has no port");
  return `http://127.0.0.1:${address.port}`;
}

async function deleteKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  const keys = await redis.keys(`${prefix}:*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}
