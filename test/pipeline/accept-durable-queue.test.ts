import { afterAll, beforeAll, expect, test } from "vitest";
import { Redis } from "ioredis";
import { startTestApi, type TestApi } from "../support/api.ts";
import { greenText } from "../support/bodies.ts";
import { startPrivateServices, type PrivateServices } from "../support/services.ts";

let own: PrivateServices;
let redis: Redis;
const apis: TestApi[] = [];

beforeAll(async () => {
  own = await startPrivateServices();
  redis = new Redis(own.redisUrl);
});
afterAll(async () => {
  redis.disconnect();
  for (const api of apis) await api.stop();
  await own.stop();
});

/** A fresh API has not yet asked Redis how it keeps things. */
const accept = async (): Promise<{ status: number; queued: number; journaled: number }> => {
  const api = await startTestApi({ ACCEPT: "queue", REDIS_URL: own.redisUrl });
  apis.push(api);
  await api.addChannel({ _id: "c1", externalId: "1", secrets: ["right"] });
  const answer = await api.post("/webhook", greenText(1, "1", "x"), { authorization: "right" });
  return {
    status: answer.status,
    queued: await api.queues.webhooks.count(),
    journaled: (await api.readJournal()).length,
  };
};

test("a Redis that writes every webhook to its disk takes them", async () => {
  expect(await accept()).toEqual({ status: 200, queued: 1, journaled: 0 });
});

test("a Redis that may lose its last second takes none: the journal does", async () => {
  await redis.config("SET", "appendfsync", "everysec");

  expect(await accept()).toEqual({ status: 200, queued: 0, journaled: 1 });
  await redis.config("SET", "appendfsync", "always");
});

test("a Redis above 70 % of its memory takes none", async () => {
  const used = Number(/^used_memory:(\d+)/m.exec(await redis.info("memory"))?.[1]);
  await redis.config("SET", "maxmemory", String(Math.round(used / 0.9)));

  expect(await accept()).toMatchObject({ status: 200, queued: 0, journaled: 1 });
  await redis.config("SET", "maxmemory", "0");
});
