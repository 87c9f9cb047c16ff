import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startTestApi, type TestApi } from "../support/api.ts";
import { eventually } from "../support/eventually.ts";
import { proxyUrl, type TcpProxy } from "../support/tcp-proxy.ts";

let api: TestApi;
let mongo: TcpProxy;
let redis: TcpProxy;

beforeAll(async () => {
  const toMongo = await proxyUrl(inject("mongodbUri"));
  const toRedis = await proxyUrl(inject("redisUrl"));
  mongo = toMongo.proxy;
  redis = toRedis.proxy;
  api = await startTestApi({ MONGODB_URI: toMongo.url, REDIS_URL: toRedis.url });
});
afterAll(async () => {
  await api.stop();
  await Promise.all([mongo.close(), redis.close()]);
});

const readiness = async () => {
  const answer = await api.get("/health/ready");
  const report: unknown = await answer.json();
  return { code: answer.status, report };
};

const becomes = (code: number, report: object) =>
  eventually(async () => expect(await readiness()).toMatchObject({ code, report }), 15_000);

test("ready follows what is away and names it", async () => {
  await becomes(200, { status: "ok", mongodb: "ok", redis: "ok" });

  redis.freeze();
  await becomes(200, { status: "degraded", mongodb: "ok", redis: "away" });

  mongo.cut();
  await becomes(503, { status: "away", mongodb: "away", redis: "away" });
  expect((await api.get("/health/live")).status).toBe(200);

  redis.resume();
  await becomes(200, { status: "degraded", mongodb: "away", redis: "ok", secondWay: "ok" });

  mongo.resume();
  await becomes(200, { status: "ok", mongodb: "ok", redis: "ok" });
});
