import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { startPrivateServices } from "../support/services.ts";
import { startSystem } from "../support/system.ts";
import { expectEachAnsweredOnce, startLoad } from "../support/webhook-load.ts";

const services = await startPrivateServices();
afterAll(services.stop);
const system = await startSystem({
  ...services,
  workers: 0,
  settings: { ACCEPT: "queue" },
  whatsapp: { pairIntervalMs: 0, perSecond: 1000 },
});
afterAll(system.stop);

interface Row extends Blow {
  readonly place: string;
}

const rows: readonly Row[] = [
  { place: "before it journals a webhook", at: "models.webhooks.insert", when: "before" },
  { place: "after it journaled a webhook", at: "models.webhooks.insert", when: "after" },
  { place: "before the commit", at: "drain.commit", when: "before" },
  { place: "after the commit", at: "drain.commit", when: "after" },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090100${index}` })))(
  "ACCEPT=queue, a worker killed $place: the message is answered once",
  async (row) => {
    const { from } = row;
    const doomed = await startCrashingWorker(system, row);
    const said = await system.whatsapp.customerSays({ from, text: "Hello" });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    await system.whatsapp.ledger.waitFor(({ to }) => to === from, 15_000);
    await system.whatsapp.customerSays({ from, text: "later" });
    await system.whatsapp.ledger.waitFor(
      ({ to, text }) => to === from && text.endsWith("later"),
      10_000,
    );

    expect(said.status).toBe(200);
    expect(system.whatsapp.ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "Вы написали: Hello",
      "Вы написали: later",
    ]);
  },
);

test("ACCEPT=queue: what only Redis holds survives Redis's death and is answered once", async () => {
  const urls = () => [`${system.api.url}/api/v1/webhooks/whatsapp`];
  const load = startLoad(system, { perSecond: 100, urls });
  await load.reached(100);
  const said = await load.stop();
  const journal = await system.readAll("webhooks");
  await services.redis.kill();
  await services.redis.start();
  const worker = await system.startWorker();
  onTestFinished(worker.kill);

  await expectEachAnsweredOnce(system, said, 30_000);
  expect(journal.filter(({ raw }) => String(raw).includes(said[0] ?? ""))).toEqual([]);
}, 60_000);
