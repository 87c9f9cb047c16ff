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
import { channelNames, holdMsOf, type ChannelName } from "./messages.ts";
import { processCounts, type Role, type WireName } from "./schedule.ts";
import { supervise, type Supervised } from "./supervised.ts";
import { shortenedTimes } from "./times.ts";

/** What the nemesis does to a wire. */
type Wire = Pick<TcpProxy, "cut" | "freeze" | "loseAnswers" | "slow" | "resume">;

/** Everything that runs, and everything that can be struck. */
export interface Cluster {
  readonly name: string;
  readonly origins: readonly string[];
  readonly processes: ReadonlyMap<string, Supervised>;
  readonly wires: Readonly<Record<WireName, Wire>>;
  readonly redisControl: RedisControl;
  readonly mongoControl: Control;
  /** The harness's own way to the servers: no wire of the nemesis. */
  readonly redis: Redis;
  readonly database: mongoose.Connection;
  readonly generator: Helper;
  readonly simulators: Helper;
  /** What the generator is told of all this. */
  readonly aim: object;
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

const secrets = {
  appSecret: "app-secret-of-chaos",
  webhookToken: "webhook-token-of-chaos",
  crmKey: "crm-key-of-chaos",
  chatraceSecret: "chatrace-secret-of-chaos",
};
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
    const ledgers = channelNames.map((channel) => [channel, join(folder, runFiles[channel])]);
    const provider = await simulators.ask(
      "start",
      { ...secrets, receiptsTo: origins[0], ledgers: Object.fromEntries(ledgers) },
      z.record(z.enum(channelNames), z.string()),
    );
    const wired = {
      redis: await proxyUrl(redisUrl),
      mongodb: await proxyUrl(mongodbUri),
      whatsapp: await proxyUrl(provider.whatsapp),
      green: await proxyUrl(provider.green),
      wazzup24: await proxyUrl(provider.wazzup24),
      chatrace: await proxyUrl(provider.chatrace),
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
      WAZZUP24_API_URL: `${withoutSlash(wired.wazzup24.url)}/v3`,
      CHATRACE_API_URL: withoutSlash(wired.chatrace.url),
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
    return await use({
      name,
      origins,
      processes,
      wires: {
        redis: wired.redis.proxy,
        mongodb: wired.mongodb.proxy,
        provider: allOf(channelNames.map((channel) => wired[channel].proxy)),
      },
      redisControl,
      mongoControl,
      redis,
      database,
      generator,
      simulators,
      aim: {
        ...secrets,
        origins,
        listAt: provider.chatrace,
        acknowledgements: join(folder, runFiles.acknowledgements),
        ledgers: ledgers.map(([, file]) => file),
      },
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
  for (const name of channelNames) {
    const { provider, ...own } = accounts[name];
    const whole = { ...channel, ...own, _id: name, provider, defaultOf: provider };
    await addChannel(models.channels, { ...whole, holdMs: holdMsOf[name] });
  }
}

type Account = Omit<Parameters<typeof addChannel>[1], "_id"> & { readonly provider: string };

/** One account each, as the simulators have them. */
const accounts: Readonly<Record<ChannelName, Account>> = {
  whatsapp: {
    provider: "whatsapp-cloud",
    externalId: "100000000000001",
    token: "demo-whatsapp-token",
  },
  green: { provider: "green-api", externalId: "1101999001", token: "demo-green-token" },
  wazzup24: {
    provider: "wazzup24",
    externalId: "11111111-1111-4111-8111-111111111111",
    token: "demo-wazzup24-key",
    secrets: [secrets.crmKey],
  },
  // Its messages come both ways, each conversation's by one of them.
  chatrace: {
    provider: "chatrace",
    externalId: "1543000",
    token: "demo-chatrace-token",
    secrets: [secrets.chatraceSecret],
    delivery: "polling",
    pollEveryMs: 500,
  },
};

const freePorts = async (count: number): Promise<readonly number[]> =>
  Promise.all(Array.from({ length: count }, () => freePort()));

function urlWith(given: string, change: { readonly pathname: string }): string {
  const url = new URL(given);
  url.pathname = change.pathname;
  return url.toString();
}

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

/** What befalls one befalls them all. */
const allOf = (proxies: readonly TcpProxy[]): Wire => ({
  cut: () => proxies.forEach((proxy) => proxy.cut()),
  freeze: () => proxies.forEach((proxy) => proxy.freeze()),
  loseAnswers: () => proxies.forEach((proxy) => proxy.loseAnswers()),
  slow: (ms) => proxies.forEach((proxy) => proxy.slow(ms)),
  resume: () => proxies.forEach((proxy) => proxy.resume()),
});
