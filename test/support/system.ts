import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Redis } from "ioredis";

import { inject } from "vitest";
import { createChatraceSimulator } from "../../src/simulators/chatrace/create-simulator.ts";
import { createGreenApiSimulator } from "../../src/simulators/green-api/create-simulator.ts";
import { createWazzupSimulator } from "../../src/simulators/wazzup24/create-simulator.ts";
import { createWhatsappSimulator } from "../../src/simulators/whatsapp/create-simulator.ts";
import type { Outgoing } from "../../src/shared/models/outgoing.ts";
import { connectOnce } from "../../src/shared/runtime/mongo.ts";
import { openModels } from "../../src/shared/models/open-models.ts";
import { addChannel, encryptionKey } from "./channels.ts";
import { startProcess, type TestProcess } from "./processes.ts";

type Settings = Readonly<Record<string, string>>;
type Channel = Parameters<typeof addChannel>[1];

export interface SystemOptions {
  readonly workers?: number;
  readonly apis?: number;
  readonly settings?: Settings;
  /** Servers of the test's own; else the shared ones. */
  readonly redisUrl?: string;
  readonly mongodbUri?: string;
  /** What the channels are besides the usual. */
  readonly whatsapp?: Partial<Channel>;
  readonly greenApi?: Partial<Channel>;
  readonly wazzup24?: Partial<Channel>;
  /** A Chatrace channel besides; absent: there is none. */
  readonly chatrace?: Partial<Channel>;
  /** A file in examples/bots. */
  readonly bot?: string;
  readonly whatsappSimulator?: Parameters<typeof createWhatsappSimulator>[0];
  readonly greenApiSimulator?: Parameters<typeof createGreenApiSimulator>[0];
  readonly wazzup24Simulator?: Parameters<typeof createWazzupSimulator>[0];
}

export type TestSystem = Awaited<ReturnType<typeof startSystem>>;

/** Waits of the tests: the same order among themselves as in production, shorter. */
export const shortTimes: Settings = {
  SWEEP_EVERY_MS: "300",
  SWEEP_AFTER_MS: "1000",
  SWEEP_ALONE_AFTER_MS: "4000",
  LOCK_MS: "1500",
  STALLED_EVERY_MS: "500",
  CLAIM_MS: "4000",
  CLAIM_MARGIN_MS: "2000",
  SEND_TIMEOUT_MS: "1500",
  RECONCILE_EVERY_MS: "250",
  UNKNOWN_HOLDS_MS: "2500",
  ABSENT_AFTER_MS: "500",
  RECEIPT_SILENCE_MS: "3000",
  HEARTBEAT_MS: "500",
  POLL_LEASE_MS: "3000",
};

/** Tests share two cores: the whole system with real processes, its own database and queues. */
export async function startSystem(options: SystemOptions = {}) {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const redisUrl = options.redisUrl ?? inject("redisUrl");
  const uri = new URL(options.mongodbUri ?? inject("mongodbUri"));
  uri.pathname = `/${name}`;
  const connection = await connectOnce(uri.toString(), 10_000);
  const models = openModels(connection, { keptMs: 86_400_000 });
  const whatsapp = await createWhatsappSimulator({ appSecret, ...options.whatsappSimulator });
  const greenApi = await createGreenApiSimulator({ webhookToken, ...options.greenApiSimulator });
  const wazzup24 = await createWazzupSimulator({ crmKey, ...options.wazzup24Simulator });
  const chatrace = await createChatraceSimulator({ webhookSecret: chatraceSecret });
  await addChannels(models, options);
  const settings: Settings = {
    HOST: "127.0.0.1",
    PORT: "0",
    REDIS_URL: redisUrl,
    REDIS_PREFIX: name,
    MONGODB_URI: uri.toString(),
    ENCRYPTION_KEY: encryptionKey,
    WHATSAPP_APP_SECRET: appSecret,
    WHATSAPP_VERIFY_TOKEN: "verify-token",
    WEBHOOK_SECRET: webhookToken,
    WHATSAPP_API_URL: `${whatsapp.url}/v24.0`,
    GREEN_API_URL: greenApi.url,
    WAZZUP24_API_URL: `${wazzup24.url}/v3`,
    CHATRACE_API_URL: chatrace.url,
    WORKER_CONCURRENCY: "20",
    LOOP_REPLIES: "0",
    DOCTOR_EVERY_MS: "0",
    ...shortTimes,
    ...(process.env["TEST_ACCEPT"] === undefined ? {} : { ACCEPT: process.env["TEST_ACCEPT"] }),
    ...options.settings,
  };
  const processes = new Set<TestProcess>();
  const start = async (main: string, event: string, extra: Settings): Promise<TestProcess> => {
    const started = startProcess(main, { ...settings, ...extra });
    processes.add(started);
    try {
      await started.line(event);
    } catch (error) {
      // Nobody gets the system, so nobody would stop it.
      await Promise.all([...processes].map((each) => each.kill()));
      throw error;
    }
    return started;
  };
  const startApi = async (extra: Settings = {}) => {
    const api = await start("src/api/main.ts", "listening", extra);
    const { address } = await api.line("listening");
    return { ...api, url: `http://127.0.0.1:${portOf(address)}` };
  };
  const startWorker = (extra: Settings = {}) => start("src/workers/main.ts", "started", extra);
  const apis = await Promise.all(Array.from({ length: options.apis ?? 1 }, () => startApi()));
  const [api] = apis;
  if (api === undefined) throw new Error("a system has an API");
  whatsapp.pointWebhooksAt(`${api.url}/api/v1/webhooks/whatsapp`);
  // A polled instance that still posts would refuse to be asked, for a minute.
  greenApi.pointWebhooksAt(isPolled(options.greenApi) ? "" : `${api.url}/webhook`);
  wazzup24.pointWebhooksAt(`${api.url}/api/webhooks/wazzup24`);
  chatrace.pointWebhooksAt(isPolled(options.chatrace) ? "" : `${api.url}/instagram/webhook`);
  const workers = await Promise.all(
    Array.from({ length: options.workers ?? 1 }, () => startWorker()),
  );
  return {
    name,
    api,
    apis,
    workers,
    whatsapp,
    greenApi,
    wazzup24,
    chatrace,
    models,
    database: connection,
    settings,
    startApi,
    startWorker,
    readOutgoing: () =>
      connection.collection<Outgoing>("outgoing").find().sort({ _id: 1 }).toArray(),
    readAll: (collection: string) =>
      connection.collection(collection).find().sort({ _id: 1 }).toArray(),
    stop: async () => {
      if (process.env["TEST_LOG"] === "1")
        for (const { text } of processes) process.stdout.write(`${text.join("\n")}\n----\n`);
      await Promise.all([...processes].map((each) => each.kill()));
      await Promise.all([whatsapp.close(), greenApi.close(), wazzup24.close(), chatrace.close()]);
      await connection.dropDatabase().catch(() => undefined);
      await connection.close();
      await deleteKeys(redisUrl, name);
    },
  };
}

const isPolled = (channel: Partial<Channel> | undefined): boolean =>
  channel?.delivery === "polling";

const appSecret = "app-secret-of-the-tests";
const webhookToken = "webhook-token-of-the-tests";
const crmKey = "crm-key-of-the-tests";
const chatraceSecret = "chatrace-secret-of-the-tests";

async function addChannels(
  models: ReturnType<typeof openModels>,
  { whatsapp, greenApi, wazzup24, chatrace, bot = "echo" }: SystemOptions,
): Promise<void> {
  const now = new Date();
  const flow: unknown = JSON.parse(await readFile(`examples/bots/${bot}.json`, "utf8"));
  const own = {
    _id: "bot",
    schemaVersion: 1,
    tenantId: "tenant",
    name: bot,
    updatedAt: now,
  } as const;
  await models.bots.create(own);
  await models.bots.publish(own, flow, now);
  await addChannel(models.channels, {
    _id: "whatsapp",
    provider: "whatsapp-cloud",
    externalId: "100000000000001",
    token: "demo-whatsapp-token",
    botId: "bot",
    holdMs: 100,
    defaultOf: "whatsapp-cloud",
    ...whatsapp,
  });
  await addChannel(models.channels, {
    _id: "green",
    provider: "green-api",
    externalId: "1101999001",
    token: "demo-green-token",
    botId: "bot",
    defaultOf: "green-api",
    ...greenApi,
  });
  await addChannel(models.channels, {
    _id: "wazzup",
    provider: "wazzup24",
    externalId: "11111111-1111-4111-8111-111111111111",
    token: "demo-wazzup24-key",
    secrets: [crmKey],
    botId: "bot",
    holdMs: 100,
    defaultOf: "wazzup24",
    ...wazzup24,
  });
  if (chatrace === undefined) return;
  await addChannel(models.channels, {
    _id: "chatrace",
    provider: "chatrace",
    externalId: "1543000",
    token: "demo-chatrace-token",
    secrets: [chatraceSecret],
    botId: "bot",
    holdMs: 100,
    defaultOf: "chatrace",
    ...chatrace,
  });
}

function portOf(address: unknown): number {
  const isAddress = typeof address === "object" && address !== null && "port" in address;
  if (!isAddress || typeof address.port !== "number") throw new Error("the API told no port");
  return address.port;
}

async function deleteKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, retryStrategy: () => null });
  redis.on("error", () => undefined);
  const keys = await redis.keys(`${prefix}:*`).catch(() => []);
  if (keys.length > 0) await redis.del(...keys).catch(() => undefined);
  redis.disconnect();
}
