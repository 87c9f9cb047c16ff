import { Redis } from "ioredis";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import { eventually } from "../support/eventually.ts";
import { startPrivateServices } from "../support/services.ts";
import { startSystem } from "../support/system.ts";
import { expectEachAnsweredOnce, quantileMs, startLoad } from "../support/webhook-load.ts";

const services = await startPrivateServices();
afterAll(services.stop);
const system = await startSystem({
  ...services,
  settings: { ACCEPT: "journal" },
  whatsapp: { pairIntervalMs: 0, perSecond: 1000 },
});
afterAll(system.stop);
const urls = () => [`${system.api.url}/api/v1/webhooks/whatsapp`];
const prefix = system.name;

test("Redis wiped again and again in the middle of conversations: each message is answered once, in order", async () => {
  const redis = new Redis(services.redisUrl);
  onTestFinished(() => redis.disconnect());
  const customers = Array.from({ length: 10 }, (_, index) => `44770090080${index}`);
  const load = startLoad(system, { perSecond: 60, urls, from: (n) => customers[n % 10] ?? "" });

  for (const count of [40, 80, 120]) {
    await load.reached(count);
    await redis.flushall();
  }
  const said = await load.stop();

  await expectEachAnsweredOnce(system, said, 30_000);
  for (const to of customers) {
    const numbers = system.whatsapp.ledger
      .entries({ to })
      .map(({ text }) => Number(/message (\d+)/.exec(text)?.[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
}, 60_000);

test.each([
  { how: "frozen", away: services.redis.pause, back: services.redis.resume },
  { how: "killed", away: services.redis.kill, back: services.redis.start },
])(
  "Redis $how: every webhook is acknowledged within a second and answered once Redis is back",
  async ({ away, back }) => {
    const load = startLoad(system, { perSecond: 40, urls });
    await load.reached(20);
    await away();
    await load.reached(140);
    await back();
    await load.reached(160);
    const said = await load.stop();

    expect(load.attempts.map(({ status }) => status)).toEqual(said.map(() => 200));
    expect(quantileMs(load.attempts, 0.99)).toBeLessThan(1000);
    await expectEachAnsweredOnce(system, said, 30_000);
  },
  60_000,
);

test("Redis away for good: the sweeper answers alone", async () => {
  await services.redis.kill();
  onTestFinished(services.redis.start);
  const load = startLoad(system, { perSecond: 40, urls });
  await load.reached(20);

  const said = await load.stop();

  expect(load.attempts.map(({ status }) => status)).toEqual(said.map(() => 200));
  await expectEachAnsweredOnce(system, said, 30_000);
}, 60_000);

test.each([
  { ghost: "points to a job that is gone", from: "447700900850", fields: [] },
  { ghost: "points to a job in no list", from: "447700900851", fields: ["name", "conversations"] },
])("a stray deduplication key that $ghost silences no conversation", async ({ from, fields }) => {
  const redis = new Redis(services.redisUrl);
  onTestFinished(() => redis.disconnect());
  const jobId = "987654321";
  const queue = `${prefix}:conversations`;
  const key = `${queue}:de:${conversationIdOf("whatsapp", from)}`;
  await redis.set(key, jobId);
  if (fields.length > 0) await redis.hset(`${queue}:${jobId}`, ...fields);

  await system.whatsapp.customerSays({ from, text: "Hello" });

  const replies = await system.whatsapp.ledger.waitFor(({ to }) => to === from, 20_000);
  expect(replies).toHaveLength(1);
  await eventually(async () => expect(await redis.get(key)).not.toBe(jobId));
});
