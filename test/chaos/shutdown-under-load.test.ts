import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";
import { expectEachAnsweredOnce, startLoad } from "../support/webhook-load.ts";

test("SIGTERM to an API and a worker at 100 messages a second: both leave with 0 in time, nobody's connection is reset, nothing is lost or doubled", async () => {
  const system = await startSystem({
    apis: 2,
    workers: 2,
    whatsapp: { pairIntervalMs: 0, perSecond: 1000 },
  });
  onTestFinished(system.stop);
  system.whatsapp.switches.set({ latencyMs: 100 });
  const [leavingApi, stayingApi] = system.apis;
  const [leavingWorker] = system.workers;
  const urls = () => [leavingApi, stayingApi].map((api) => `${api?.url}/api/v1/webhooks/whatsapp`);
  const load = startLoad(system, { perSecond: 100, urls });
  await load.reached(150);

  const startedAt = performance.now();
  const codes = await Promise.all([leavingApi?.stop(), leavingWorker?.stop()]);
  const tookMs = performance.now() - startedAt;
  await load.reached(400);
  const said = await load.stop();

  expect(codes).toEqual([0, 0]);
  expect(tookMs).toBeLessThan(25_000);
  expect(load.attempts.filter(({ status }) => status !== 200)).toEqual([]);
  await expectEachAnsweredOnce(system, said, 20_000);
}, 90_000);
