import { afterEach, expect, inject, test } from "vitest";
import { openWebhook, sealedWebhookPurpose } from "../../src/shared/queues/sealed-webhook.ts";
import { sealedPayload } from "../../src/shared/queues/queues.ts";
import { createCipher } from "../../src/shared/runtime/cipher.ts";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";
import { encryptionKey } from "../support/channels.ts";
import { eventually } from "../support/eventually.ts";
import { proxyUrl, type TcpProxy } from "../support/tcp-proxy.ts";

let api: TestApi;
let mongo: TcpProxy;
let redis: TcpProxy;

const start = async (settings: Readonly<Record<string, string>> = {}) => {
  const toMongo = await proxyUrl(inject("mongodbUri"));
  const toRedis = await proxyUrl(inject("redisUrl"));
  mongo = toMongo.proxy;
  redis = toRedis.proxy;
  const urls = { MONGODB_URI: toMongo.url, REDIS_URL: toRedis.url };
  api = await startTestApi({ ...urls, JOURNAL_TIMEOUT_MS: "700", ...settings });
  await api.addChannel({ _id: "c1", externalId: "1", secrets: ["right"] });
  await post("a first one, so that the channel is known");
};
const post = (text: string, idInstance = 1) =>
  api.post("/webhook", greenText(idInstance, "79001112233", text), { authorization: "right" });
const postTimed = async (text: string) => {
  const before = performance.now();
  const { status } = await post(text);
  return { status, ms: performance.now() - before };
};
const queued = async () => {
  const cipher = createCipher(encryptionKey, sealedWebhookPurpose);
  const jobs = await api.queues.webhooks.getWaiting();
  return jobs.map(({ data }) => openWebhook(cipher, sealedPayload.parse(data)));
};

afterEach(async () => {
  mongo.resume();
  redis.resume();
  await api.stop();
  await Promise.all([mongo.close(), redis.close()]);
});

test("while MongoDB is away webhooks go sealed into the queue, marked late, and wait for nobody", async () => {
  await start();
  mongo.cut();

  for (let n = 0; n < 4; n++) expect((await post(`away ${n}`)).status).toBe(200);
  const quick = await postTimed("away 4");

  expect(quick.status).toBe(200);
  expect(quick.ms).toBeLessThan(300);
  const webhooks = await queued();
  expect(webhooks).toHaveLength(5);
  expect(webhooks[0]).toMatchObject({ channelId: "c1", late: true, source: "webhook" });
  expect(webhooks[0]?.arrivedAt).toBeInstanceOf(Date);
  expect(Buffer.from(webhooks[0]?.raw ?? []).toString()).toContain("away");
});

test("when MongoDB is back, webhooks go to the journal again", async () => {
  await start();
  mongo.cut();
  for (let n = 0; n < 4; n++) await post(`away ${n}`);
  mongo.resume();

  await eventually(async () => {
    await post("back");
    expect((await api.readJournal()).length).toBeGreaterThan(1);
  }, 15_000);
});

test("a frozen MongoDB costs a request no more than its time limit", async () => {
  await start();
  mongo.freeze();

  const { status, ms } = await postTimed("frozen");

  expect(status).toBe(200);
  expect(ms).toBeLessThan(1200);
});

test("with both away the answer is 503 with Retry-After, and the heartbeat tells of it", async () => {
  await start({ HEARTBEAT_MS: "100" });
  mongo.cut();
  redis.cut();

  const answer = await post("nowhere");

  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  mongo.resume();
  redis.resume();
  await eventually(async () => {
    const [process] = await api.database.collection("processes").find().toArray();
    expect(process?.["refusedAt"]).toBeInstanceOf(Date);
  }, 15_000);
});

test("while MongoDB is away an unknown channel is 503, not 401 and not 200", async () => {
  await start();
  mongo.cut();

  expect((await post("who knows", 55)).status).toBe(503);
});

test("a frozen Redis changes nothing of the answer, and the journal has the webhook", async () => {
  await start();
  redis.freeze();

  const { status, ms } = await postTimed("no wake");

  expect(status).toBe(200);
  expect(ms).toBeLessThan(500);
  expect(await api.readJournal()).toHaveLength(2);
});

test("an API whose Redis is frozen stops in time all the same", async () => {
  await start();
  redis.freeze();
  await post("no wake");
  const before = performance.now();

  await api.shutDown();

  expect(performance.now() - before).toBeLessThan(5000);
});

test("with ACCEPT=queue webhooks go sealed into the queue, none of them late", async () => {
  await start({ ACCEPT: "queue" });
  await post("queued");

  const webhooks = await queued();
  expect(webhooks).toHaveLength(2);
  expect(webhooks.filter(({ late }) => late === true)).toEqual([]);
  expect(await api.readJournal()).toEqual([]);
});

test("with ACCEPT=queue and Redis away the journal takes them", async () => {
  await start({ ACCEPT: "queue" });
  redis.cut();

  expect((await post("journaled")).status).toBe(200);
  expect(await api.readJournal()).toHaveLength(1);
});
