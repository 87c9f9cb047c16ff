import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { startSystem, type TestSystem } from "../support/system.ts";

const flow = {
  nodes: [
    {
      id: "ask",
      type: "question",
      data: {
        question: "name?",
        saveAs: "name",
        timeoutSeconds: 1,
        reminder: ["still there?", "anybody?"],
      },
    },
    { id: "soon", type: "delay", data: { seconds: 1 } },
    { id: "bye", type: "message", data: { message: "good-bye" } },
  ],
  edges: [
    { source: "ask", target: "soon", label: "timeout" },
    { source: "soon", target: "bye" },
  ],
  start: "ask",
};

/** Every job, lock and wake of this system is gone. */
async function wipeQueues({ name, settings }: TestSystem): Promise<void> {
  const redis = new Redis(settings["REDIS_URL"] ?? "");
  onTestFinished(() => redis.disconnect());
  const keys = await redis.keys(`${name}:*`);
  expect(keys.length).toBeGreaterThan(0);
  await redis.del(...keys);
}

test("reminders, the timeout edge and a delay come by themselves, each once, though Redis is wiped", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const bot = await system.models.bots.find("bot");
  if (bot === null) throw new Error("there is no bot");
  await system.models.bots.publish(bot, flow, new Date());
  await Promise.all([system.startWorker(), system.startWorker()]);
  const { ledger, customerSays } = system.whatsapp;

  await customerSays({ text: "hi" });
  await ledger.waitFor(({ text }) => text === "name?", 15_000);
  await wipeQueues(system);
  await ledger.waitFor(({ text }) => text === "still there?", 15_000);
  await wipeQueues(system);
  await ledger.waitFor(({ text }) => text === "good-bye", 20_000);
  await customerSays({ text: "again" });
  await ledger.waitFor(5, 15_000);

  expect(ledger.entries().map(({ text }) => text)).toEqual([
    "name?",
    "still there?",
    "anybody?",
    "good-bye",
    "name?",
  ]);
});
