import { createServer } from "node:net";
import { once } from "node:events";
import { Redis } from "ioredis";
import { addChannel, encryptionKey } from "../../../support/channels.ts";
import { greenText, metaTexts } from "../../../support/bodies.ts";
import { eventually } from "../../../support/eventually.ts";
import { startProcess, type TestProcess } from "../../../support/processes.ts";
import type { TestSystem } from "../../../support/system.ts";
import { liftPauses } from "../bodies/work-off.ts";
import { claimOf, type Claim } from "../claim.ts";
import { postRaw, type RawHeaders } from "../send-raw.ts";
import { proofOf } from "../bodies/post-case.ts";
import { providers, routes, type ProviderName } from "../bodies/routes.ts";
import { proofs, withSystem, type Stage } from "../stage.ts";
import { manners, startEchoingProvider } from "./echoing-provider.ts";
import {
  dumpMongo,
  dumpRedis,
  readPages,
  search,
  type Haystack,
  type Needle,
} from "./haystacks.ts";

const needles = {
  greenToken: "canary-green-token-5d1c",
  whatsappToken: "canary-whatsapp-token-7e2f",
  wazzup24Key: "canary-wazzup24-key-2f90",
  chatraceToken: "canary-chatrace-token-b613",
  channelSecret: "canary-channel-secret-91ab",
  verifyToken: "canary-verify-token-c04d",
  redisPassword: "canary-redis-password-3b7e",
  mongodbPassword: "canary-mongodb-password-aa18",
  appSecret: proofs.appSecret,
  webhookToken: proofs.webhookToken,
  crmKey: proofs.crmKey,
  opsPassword: proofs.opsPassword,
  encryptionKey,
};
const allNeedles: readonly Needle[] = Object.entries(needles).map(([name, secret]) => ({
  name,
  secret,
}));

/** A known value in every field that is secret; after all kinds of traffic nobody may find one. */
export async function measureSecrets(stage: Stage): Promise<Claim> {
  const provider = await startEchoingProvider();
  const redis = await openRedisUser(stage.redisUrl);
  const workerPort = await freePort();
  const options = {
    workers: 0,
    redisUrl: redis.url,
    whatsapp: { token: needles.whatsappToken },
    greenApi: { token: needles.greenToken },
    wazzup24: { token: needles.wazzup24Key },
    chatrace: { token: needles.chatraceToken },
    settings: {
      LOG_LEVEL: "debug",
      WHATSAPP_VERIFY_TOKEN: needles.verifyToken,
      GREEN_API_URL: provider.url,
      WAZZUP24_API_URL: `${provider.url}/v3`,
      CHATRACE_API_URL: provider.url,
      WHATSAPP_API_URL: `${provider.url}/v24.0`,
    },
  };
  try {
    return await withSystem(stage, options, (system) =>
      measure(stage, system, { provider, workerPort }),
    );
  } finally {
    provider.close();
    await redis.close();
  }
}

interface Around {
  readonly provider: Awaited<ReturnType<typeof startEchoingProvider>>;
  readonly workerPort: number;
}

async function measure(
  stage: Stage,
  system: TestSystem,
  { provider, workerPort }: Around,
): Promise<Claim> {
  const haystacks: Haystack[] = [];
  const look = async (): Promise<void> => {
    haystacks.push(await dumpRedis(stage.redisUrl, system.name), await dumpMongo(system));
  };
  await addChannel(system.models.channels, {
    _id: "own",
    externalId: "6001",
    secrets: [needles.channelSecret],
  });
  const pauses = liftPauses(system);
  // No worker yet: what waits in Redis is seen there.
  const byQueue = await system.startApi({ ACCEPT: "queue" });
  const answers = [
    ...(await talk(system.api.url)),
    ...(await talk(byQueue.url)),
    ...(await misbehave(system.api.url)),
  ];
  haystacks.push({ name: "answers", text: answers.join("\n") });
  await look();
  haystacks.push(await readPages(system, ""));
  const worker = await system.startWorker({ WORKER_PORT: String(workerPort) });
  await eventually(async () => {
    const tried = await system.database
      .collection("outgoing")
      .countDocuments({ attempt: { $gte: 1 } });
    if (tried < manners.length * providers.length) throw new Error(`${tried} sends were tried`);
  }, 60_000);
  provider.close();
  haystacks.push({ name: "answers", text: (await talk(system.api.url)).join("\n") });
  await worker.line("send.attempted");
  await look();
  haystacks.push(await readPages(system, `http://127.0.0.1:${workerPort}`));
  await pauses.stop();
  const strangers = await startWithoutServices();
  const processes = [system.api, byQueue, worker, ...strangers];
  haystacks.push(...processes.map(({ text }) => ({ name: "logs", text: text.join("\n") })));
  const planted = await plant(stage, system);
  const found = search(haystacks, allNeedles);
  const faults = planted === 2 ? found : [...found, `${planted} of 2 planted secrets were found`];
  return claimOf(
    "hostile-secrets",
    {
      secrets: allNeedles.length,
      places: haystacks.length,
      bytes: haystacks.reduce((sum, { text }) => sum + text.length, 0),
      sends: await system.database.collection("outgoing").countDocuments(),
      found: found.length,
    },
    faults,
  );
}

/** Genuine messages, one for each provider and each manner of it. */
async function talk(url: string): Promise<readonly string[]> {
  const posts = manners.flatMap((manner, place) => {
    const from = String(447_700_960_000 + place + (Number(new URL(url).port) % 100) * 10);
    return providers.map((provider) => {
      const body = write[provider](from, `say-${manner}`);
      const path = routes.find((route) => route.provider === provider)?.path ?? "";
      return post(url + path, proofOf(proofs, provider, body), body);
    });
  });
  return Promise.all(posts);
}

const seconds = (): number => Math.floor(Date.now() / 1000);

const write: Readonly<Record<ProviderName, (from: string, text: string) => string>> = {
  "green-api": (from, text) => JSON.stringify(greenText(1_101_999_001, from, text, `S${from}`)),
  "whatsapp-cloud": (from, text) =>
    JSON.stringify(metaTexts({ phoneNumberId: "100000000000001", from, text }))
      .replace('.0"', `.${from}"`)
      .replace('"1760000000"', `"${seconds()}"`),
  wazzup24: (chatId, text) => {
    const channelId = "11111111-1111-4111-8111-111111111111";
    const chat = { channelId, chatType: "whatsapp", chatId };
    return JSON.stringify({ messages: [{ ...chat, messageId: `S${chatId}`, type: "text", text }] });
  },
  chatrace: (from, text) =>
    JSON.stringify({ contact_id: from, message_id: `S${from}`, text, timestamp: seconds() }),
};

/** Callers who show secrets where they do not belong, or lack what is due. */
async function misbehave(url: string): Promise<readonly string[]> {
  const own = JSON.stringify(greenText(6001, "79001112233", "hi"));
  const paths = Object.values(needles).map((secret) => encodeURIComponent(secret));
  return Promise.all([
    ...Object.values(needles).map((secret) =>
      post(`${url}/webhook`, { authorization: `Bearer ${secret}` }, "not JSON"),
    ),
    ...Object.values(needles).map((secret) =>
      post(`${url}/webhook`, { "x-webhook-token": secret }, own),
    ),
    ...Object.values(needles).map((secret) =>
      post(
        `${url}/webhook`,
        { cookie: secret, "x-request-id": secret.replaceAll(/[^\w]/g, "!") },
        own,
      ),
    ),
    ...paths.map((secret) => post(`${url}/api/v1/webhooks/green-api/${secret}`, {}, "{}")),
    ...paths.map((secret) => post(`${url}/webhook?token=${secret}`, {}, own)),
    ...paths.map((secret) => post(`${url}/nowhere/${secret}`, {}, own)),
    ...paths.map(async (secret) =>
      (
        await fetch(
          `${url}/api/v1/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=1&hub.verify_token=${secret}`,
        )
      ).text(),
    ),
    ...Object.values(needles).map(async (secret) =>
      (
        await fetch(`${url}/metrics`, {
          headers: { authorization: `Basic ${Buffer.from(`root:${secret}`).toString("base64")}` },
        })
      ).text(),
    ),
  ]);
}

async function post(url: string, headers: RawHeaders, body: string): Promise<string> {
  const { status, text } = await postRaw(url, headers, body);
  return `${status} ${text}`;
}

/** Both programs where neither server is: they tell of it until they are stopped. */
async function startWithoutServices(): Promise<readonly TestProcess[]> {
  const settings = {
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "debug",
    MONGODB_URI: `mongodb://user:${needles.mongodbPassword}@127.0.0.1:1/nowhere?serverSelectionTimeoutMS=300`,
    REDIS_URL: `redis://user:${needles.redisPassword}@127.0.0.1:1`,
    ENCRYPTION_KEY: needles.encryptionKey,
    OPS_PASSWORD: needles.opsPassword,
  };
  const broken = {
    ...settings,
    REDIS_URL: `rediss:/${needles.redisPassword}`,
    MONGODB_URI: `mongo:${needles.mongodbPassword}`,
  };
  const processes = [settings, broken].flatMap((each) =>
    ["src/api/main.ts", "src/workers/main.ts"].map((main) => startProcess(main, each)),
  );
  await Promise.all(
    processes.map((each) =>
      eventually(() => {
        if (each.text.length === 0 && each.child.exitCode === null)
          throw new Error("nothing was said");
      }, 15_000),
    ),
  );
  await Promise.all(processes.map((each) => each.kill()));
  return processes;
}

/** A search that finds nothing must be one that would have found it. */
async function plant(stage: Stage, system: TestSystem): Promise<number> {
  const redis = new Redis(stage.redisUrl);
  await redis.set(`${system.name}:planted`, needles.greenToken);
  await system.database
    .collection("planted")
    .insertOne({ bytes: Buffer.from(needles.whatsappToken) });
  const dumps = [await dumpRedis(stage.redisUrl, system.name), await dumpMongo(system)];
  await redis.del(`${system.name}:planted`);
  redis.disconnect();
  await system.database.collection("planted").drop();
  return dumps.filter((dump) => search([dump], allNeedles).length > 0).length;
}

/** A user of Redis whose password is a canary; the server is the proof's own. */
async function openRedisUser(redisUrl: string) {
  const name = `proof${process.pid}`;
  const redis = new Redis(redisUrl);
  await redis.call("ACL", "SETUSER", name, "on", `>${needles.redisPassword}`, "~*", "&*", "+@all");
  const url = new URL(redisUrl);
  url.username = name;
  url.password = needles.redisPassword;
  return {
    url: url.toString(),
    close: async () => {
      await redis.call("ACL", "DELUSER", name);
      redis.disconnect();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
