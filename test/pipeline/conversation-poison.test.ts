import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const chain = Array.from({ length: 90 }, (_, index) => `m${index}`);
const long = "漢".repeat(4000);

/** Parses, and a turn with "boom" wants more than a conversation's document may carry. */
const flow = {
  start: "check",
  nodes: [
    { id: "check", type: "condition", data: { conditionType: "contains", value: "boom" } },
    { id: "fine", type: "message", data: { message: "fine: {{user_input}}" } },
    ...chain.map((id) => ({ id, type: "message", data: { message: long } })),
  ],
  edges: [
    { source: "check", target: "m0", label: "true" },
    { source: "check", target: "fine", label: "false" },
    ...chain.slice(1).map((target, index) => ({ source: `m${index}`, target })),
  ],
};

test("a message whose turn throws ends dead after five tries, and the next is answered", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const bot = await system.models.bots.find("bot");
  if (bot === null) throw new Error("there is no bot");
  await system.models.bots.publish(bot, flow, new Date());
  const worker = await system.startWorker();

  await system.whatsapp.customerSays({ from, text: "boom" });
  await worker.line("turn.failed");
  await system.whatsapp.customerSays({ from, text: "next" });

  const replies = await system.whatsapp.ledger.waitFor(1, 25_000);
  expect(replies.map(({ text }) => text)).toEqual(["fine: next"]);
  await eventually(async () => {
    const messages = await system.readAll("messages");
    const dead = messages.find(({ text }) => text === "boom");
    expect(dead).toMatchObject({ state: "dead", reason: expect.stringContaining("effects have") });
    expect(await system.readAll("alerts")).toMatchObject([
      { kind: "message.dead", subject: String(dead?._id) },
    ]);
  });
  await eventually(() =>
    expect(worker.lines.filter(({ event }) => event === "turn.failed")).toHaveLength(5),
  );
}, 60_000);
