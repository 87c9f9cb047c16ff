import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startPrivateServices } from "../support/services.ts";
import { startSystem, type TestSystem } from "../support/system.ts";
import { expectEachAnsweredOnce, startLoad } from "../support/webhook-load.ts";

const services = await startPrivateServices();
afterAll(services.stop);

describe.each(["journal", "queue"])("ACCEPT=%s", (accept) => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startSystem({
      ...services,
      settings: { ACCEPT: accept },
      whatsapp: { pairIntervalMs: 0, perSecond: 1000 },
    });
  }, 30_000);
  afterAll(() => system.stop());
  const urls = () => [`${system.api.url}/api/v1/webhooks/whatsapp`];

  test("MongoDB killed while webhooks arrive: all are acknowledged, and answered once when it is back", async () => {
    const load = startLoad(system, { perSecond: 40, urls });
    await load.reached(20);
    await services.mongo.kill();
    await load.reached(120);
    await services.mongo.start();
    await load.reached(140);
    const said = await load.stop();

    expect(load.attempts.map(({ status }) => status)).toEqual(said.map(() => 200));
    await expectEachAnsweredOnce(system, said, 40_000);
    const late = (await system.readAll("messages")).filter((message) => message["late"] === true);
    expect(late.length > 50).toBe(accept === "journal");
  }, 90_000);

  test("MongoDB killed in the middle of many turns: each message is answered once when it is back", async () => {
    const before = system.whatsapp.ledger.size;
    system.whatsapp.switches.set({ latencyMs: 50 });
    onTestFinished(() => system.whatsapp.switches.set({ latencyMs: 0 }));
    const customers = Array.from({ length: 40 }, (_, n) => String(447_705_000_000 + n));
    const load = startLoad(system, { perSecond: 200, urls, from: (n) => customers[n % 40] ?? "" });
    await load.reached(160);
    const said = await load.stop();
    await system.whatsapp.ledger.waitFor(before + 20, 15_000);
    await services.mongo.kill();
    expect(system.whatsapp.ledger.size).toBeLessThan(before + said.length);
    await services.mongo.start();

    await expectEachAnsweredOnce(system, said, 40_000);
  }, 90_000);

  test("neither MongoDB nor Redis there: 503 with Retry-After, and nothing is lost", async () => {
    await Promise.all([services.mongo.kill(), services.redis.kill()]);
    const load = startLoad(system, { perSecond: 20, urls });
    const refusal = await eventually(() => {
      const found = load.attempts.find(({ status }) => status === 503);
      expect(found).toBeDefined();
      return found;
    }, 10_000);
    await Promise.all([services.mongo.start(), services.redis.start()]);
    const said = await load.stop();

    expect(Number(refusal?.retryAfter)).toBeGreaterThan(0);
    await expectEachAnsweredOnce(system, said, 40_000);
  }, 90_000);
});
