import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { Redis } from "ioredis";
import mongoose from "mongoose";
import { z } from "zod";
import { freePort } from "../../../scripts/services/free-port.mjs";
import type { Control, RedisControl, Services } from "../../../scripts/services/index.mjs";
import { openModels } from "../../../src/shared/models/open-models.ts";
import { startHelper, type Helper } from "../../bench/helper.ts";
import { addChannel, encryptionKey } from "../../support/channels.ts";
import { proxyUrl, type TcpProxy } from "../../support/tcp-proxy.ts";
import { runFiles } from "./ack-log.ts";
import { flow } from "./flow.ts";
import { holdMsOf, type ChannelName } from "./messages.ts";
import { processCounts, type Role, type WireName } from "./schedule.ts";
import { supervise, type Supervised } from "./supervised.ts";
import { shortenedTimes } from "./times.ts";

/** Everything that runs, and everything that can be struck. */
export interface Cluster {
  readonly name: string;
  readonly origins: readonly string[];
  readonly processes: ReadonlyMap<string, Supervised>;
  readonly wires: Readonly<Record<WireName, TcpProxy>>;
  readonly redisControl: RedisControl;
  readonly mongoControl: Control;
  /** The harness's own way to the servers: no wire of the nemesis. */
  readonly redis: Redis;
  readonly database: mongoose.Connection;
  readonly generator: Helper;
  readonly simulators: Helper;
}

export interface ClusterOptions {
  readonly services: Services;
  readonly folder: string;
  readonly accept: "journal" | "queue";
  /** How many of each; the last of each reaches the servers by the wires. */
  readonly counts?: Readonly<Record<Role, number>>;
  /** Before Node's other arguments, for the workers alone. */
  readonly workerArguments?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}

export const secrets = { appSecret: "app-secret-of-chaos", webhookToken: "webhook-token-of-chaos" };
const unlimited = 1_000_000;

/** Starts simulators, generator, APIs and workers, hands them over, and takes them down whatever happens. */
export async function withCluster<Result>(
  options: ClusterOptions,
  use: (cluster: Cluster) => Promise<Result>,
): Promise<Result> {
  const { services, folder, counts = processCounts } = options;
  const name = `chaos_${randomBytes(4).toString("hex")}`;
  const ending: (() => Promise<unknown>)[] = [];
  const ends = <Thing>(thing: Thing, end: () => Promise<unknown>): Thing => {
    ending.unshift(end);
    return thing;
  };
  try {
    const { redis: redisControl, mongo: mongoControl, redisUrl } = services;
    if (redisControl === undefined || mongoControl === undefined)
      throw new Error("chaos needs servers of its own to kill");
    const mongodbUri = urlWith(services.mongodbUri, { pathname: `/${name}` });
    const database = await mongoose.createConnection(mongodbUri).asPromise();
    ends(database, () => database.close());
    const redis = new Redis(redisUrl);
    redis.on("error", () => undefined);
    ends(redis, async () => redis.disconnect());
    await seed(database);
    const ports = { api: await freePorts(counts.api), worker: await freePorts(counts.worker) };
    const origins = ports.api.map((port) => `http://127.0.0.1:${port}`);
    const simulators = startHelper(new URL("simulators-process.ts", import.meta.url));
    ends(simulators, () => simulators.stop());
    const provider = await simulators.ask(
      "start",
      {
        ...secrets,
        receiptsTo: origins[0],
        ledgers: {
          whatsapp: join(folder, runFiles.whatsapp),
          green: join(folder, runFiles.green),
        },
      },
      z.object({ whatsapp: z.string(), green: z.string() }),
    );
    const wired = {
      redis: await proxyUrl(redisUrl),
      mongodb: await proxyUrl(mongodbUri),
      whatsapp: await proxyUrl(provider.whatsapp),
      green: await proxyUrl(provider.green),
    };
    for (const { proxy } of Object.values(wired)) ends(proxy, () => proxy.close());
    const settings = {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      ACCEPT: options.accept,
      REDIS_PREFIX: name,
      ENCRYPTION_KEY: encryptionKey,
      WHATSAPP_APP_SECRET: secrets.appSecret,
      WHATSAPP_VERIFY_TOKEN: "verify-token",
      WEBHOOK_SECRET: secrets.webhookToken,
      WHATSAPP_API_URL: `${withoutSlash(wired.whatsapp.url)}/v24.0`,
      GREEN_API_URL: withoutSlash(wired.green.url),
      WORKER_CONCURRENCY: "50",
      LOOP_REPLIES: "0",
      ...shortenedTimes,
      ...options.settings,
    };
    const start = async (role: Role, place: number): Promise<Supervised> => {
      const isLast = place === counts[role];
      const port = ports[role][place - 1] ?? 0;
      const supervised = await supervise({
        name: `${role} ${place}`,
        folder: resolve(folder),
        role: role === "api" ? "api" : "workers",
        port,
        nodeArguments: role === "worker" ? (options.workerArguments ?? []) : [],
        settings: {
          ...settings,
          [role === "api" ? "PORT" : "WORKER_PORT"]: String(port),
          // A broken wire parts some processes from the servers, not all.
          REDIS_URL: isLast ? wired.redis.url : redisUrl,
          MONGODB_URI: isLast ? wired.mongodb.url : mongodbUri,
        },
      });
      return ends(supervised, supervised.stop);
    };
    const processes = new Map<string, Supervised>();
    for (const role of ["api", "worker"] as const)
      for (let place = 1; place <= counts[role]; place += 1)
        processes.set(`${role} ${place}`, await start(role, place));
    const generator = startHelper(new URL("generator-process.ts", import.meta.url));
    ends(generator, () => generator.stop());
    const { whatsapp, green } = wired;
    return await use({
      name,
      origins,
      processes,
      wires: {
        redis: wired.redis.proxy,
        mongodb: wired.mongodb.proxy,
        provider: both(whatsapp.proxy, green.proxy),
      },
      redisControl,
      mongoControl,
      redis,
      database,
      generator,
      simulators,
    });
  } finally {
    for (const end of ending) await end();
  }
}

async function seed(database: mongoose.Connection): Promise<void> {
  const models = openModels(database, { keptMs: 86_400_000 });
  const now = new Date();
  const bot = {
    _id: "bot",
    schemaVersion: 1,
    tenantId: "tenant",
    name: "deals",
    updatedAt: now,
  } as const;
  await models.bots.create(bot);
  await models.bots.publish(bot, flow, now);
  const channel = { botId: "bot", perSecond: unlimited, pairIntervalMs: 0 };
  const both: Readonly<Record<ChannelName, Parameters<typeof addChannel>[1]>> = {
    whatsapp: {
      _id: "whatsapp",
      provider: "whatsapp-cloud",
      externalId: "100000000000001",
      token: "demo-whatsapp-token",
      holdMs: holdMsOf.whatsapp,
      defaultOf: "whatsapp-cloud",
    },
    green: {
      _id: "green",
      provider: "green-api",
      externalId: "1101999001",
      token: "demo-green-token",
      holdMs: holdMsOf.green,
      defaultOf: "green-api",
    },
  };
  for (const own of Object.values(both)) await addChannel(models.channels, { ...channel, ...own });
}

const freePorts = async (count: number): Promise<readonly number[]> =>
  Promise.all(Array.from({ length: count }, () => freePort()));

function urlWith(given: string, change: { readonly pathname: string }): string {
  const url = new URL(given);
  url.pathname = change.pathname;
  return url.toString();
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

const both = (one: TcpProxy, other: TcpProxy): TcpProxy => ({
  port: one.port,
  cut: () => [one, other].forEach((proxy) => proxy.cut()),
  freeze: () => [one, other].forEach((proxy) => proxy.freeze()),
  loseAnswers: () => [one, other].forEach((proxy) => proxy.loseAnswers()),
  slow: (ms) => [one, other].forEach((proxy) => proxy.slow(ms)),
  resume: () => [one, other].forEach((proxy) => proxy.resume()),
  close: async () => void (await Promise.all([one.close(), other.close()])),
});
