import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const aMinuteMs = 60_000;

test(
  "messages of a burst are one input, though the worker dies in the middle of it",
  { timeout: aMinuteMs },
  async () => {
    const system = await startSystem({ workers: 0 });
    onTestFinished(system.stop);
    const bot = await system.models.bots.find("bot");
    if (bot === null) throw new Error("there is no bot");
    const flow = {
      nodes: [{ id: "a", type: "message", data: { message: "re {{user_input}}" } }],
      burstSeconds: 8,
    };
    await system.models.bots.publish(bot, flow, new Date());
    const worker = await system.startWorker();
    const { customerSays, ledger } = system.whatsapp;
    const from = "447700900123";
    const applied = async (count: number): Promise<void> =>
      eventually(async () => {
        const kept = await system.readAll("messages");
        expect(kept.filter(({ kind }) => kind === "message")).toHaveLength(count);
      }, 15_000);

    await customerSays({ from, text: "hello" });
    await customerSays({ from, text: "I need" });
    await applied(2);
    await worker.kill();
    await customerSays({ from, text: "a haircut" });
    await system.startWorker();
    await applied(3);
    await ledger.waitFor(({ to }) => to === from, 30_000);
    await eventually(async () => {
      const [conversation] = await system.readAll("conversations");
      expect(conversation).toMatchObject({ timers: [] });
    }, 15_000);

    expect(ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
      "re hello\nI need\na haircut",
    ]);
  },
);
