import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Webhook } from "../../src/shared/models/webhooks.ts";
import { startSweeper } from "../../src/workers/upkeep/start-sweeper.ts";
import { sweptCrm, sweptReplies } from "../../src/workers/upkeep/swept-lanes.ts";
import { sweep, type SweepPorts } from "../../src/workers/upkeep/sweep.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const everyMs = 5000;
const waitedMs = 40_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
beforeEach(() => database.collection("webhooks").deleteMany({}));
afterAll(() => database.stop());

test("an entry whose wake Redis did not take is looked at again at the sweeper's own pace, however long it has waited", async () => {
  await insertEntries(1);

  await sweep(portsWith(() => Promise.resolve(false)));

  expect(await nextLookMs("entry 0")).toBeLessThanOrEqual(everyMs);
});

test("an entry that was woken is left in peace as long again as it has waited", async () => {
  await insertEntries(1);

  await sweep(portsWith(() => Promise.resolve(true)));

  expect(await nextLookMs("entry 0")).toBeGreaterThan(waitedMs - everyMs);
});

test("an entry that the sweeper takes up itself is left to it, although Redis took no wake", async () => {
  await insertEntries(1);
  const drained: string[] = [];
  const ports = portsWith(() => Promise.resolve(false));

  await sweep({
    ...ports,
    aloneAfterMs: waitedMs / 2,
    removeGhost: () => Promise.resolve(false),
    drain: (id) => Promise.resolve(drained.push(id)),
  });

  expect(drained).toEqual(["conversation 0"]);
  expect(await nextLookMs("entry 0")).toBeGreaterThan(waitedMs - everyMs);
});

test("once Redis is back, everything that it missed is woken at once, not a batch at a time", async () => {
  const count = 3000;
  await insertEntries(count);
  const missed = new Set<string>();
  const woken = new Set<string>();
  let isBack = false;
  const ports = portsWith((_queue, id) => {
    (isBack ? woken : missed).add(id);
    return Promise.resolve(isBack);
  });
  const sweeper = startSweeper({ ...ports, everyMs: 2000 });
  onTestFinished(sweeper.stop);
  await eventually(() => expect(missed.size).toBeGreaterThan(0));

  isBack = true;

  await eventually(() => expect(woken.size).toBe(count), 7000);
});

const nobody = (): Promise<never> => Promise.reject(new Error("nothing is that late here"));

function portsWith(wake: SweepPorts["wake"]): SweepPorts {
  return {
    now: Date.now,
    webhooks: database.models.webhooks,
    conversations: database.models.conversations,
    replies: sweptReplies(database.models.outgoing, nobody),
    crm: sweptCrm(database.models.crmActions, nobody),
    wake,
    drain: nobody,
    drainAlone: nobody,
    handleStatuses: nobody,
    sweepMedia: nobody,
    reconsiderHeld: nobody,
    removeGhost: nobody,
    aloneAfterMs: 60_000,
    everyMs,
    log: pino({ level: "silent" }),
  };
}

const nextLookMs = async (id: string): Promise<number> => {
  const entry = await database.models.webhooks.read(id);
  return (entry?.sweepAt?.getTime() ?? Infinity) - Date.now();
};

async function insertEntries(count: number): Promise<void> {
  const now = Date.now();
  await Promise.all(
    Array.from({ length: count }, (_, n) => {
      const entry: Webhook = {
        _id: `entry ${n}`,
        schemaVersion: 1,
        tenantId: "tenant",
        channelId: "whatsapp",
        provider: "whatsapp-cloud",
        source: "webhook",
        raw: Buffer.from("{}"),
        headers: {},
        request: { id: "entry", address: "", userAgent: "", bytes: 2 },
        arrivedAt: new Date(now - waitedMs),
        pending: [`conversation ${n}`],
        keys: [`conversation ${n}`],
        sweepAt: new Date(now),
      };
      return database.models.webhooks.insert(entry);
    }),
  );
}
