import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const flow = {
  start: "ask",
  nodes: [
    { id: "ask", type: "question", data: { question: "name?", saveAs: "name", timeoutSeconds: 1 } },
    { id: "late", type: "message", data: { message: "too late" } },
    { id: "end", type: "question", data: { question: "hello, {{name}}", saveAs: "more" } },
  ],
  edges: [
    { source: "ask", target: "end" },
    { source: "ask", target: "late", label: "timeout" },
  ],
};

async function startAsking(): Promise<TestSystem> {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const bot = await system.models.bots.find("bot");
  if (bot === null) throw new Error("there is no bot");
  await system.models.bots.publish(bot, flow, new Date());
  await Promise.all([system.startWorker(), system.startWorker()]);
  return system;
}

const readTimers = async (system: TestSystem) => {
  const messages = await system.readAll("messages");
  return messages.filter(({ kind }) => kind === "timer");
};

test("a question without an answer goes on by its timeout, once", async () => {
  const system = await startAsking();
  const { ledger, customerSays } = system.whatsapp;

  await customerSays({ text: "hi" });
  await ledger.waitFor(2, 15_000);
  await customerSays({ text: "again" });
  await ledger.waitFor(4, 15_000);

  expect(ledger.entries().map(({ text }) => text)).toEqual([
    "name?",
    "too late",
    "name?",
    "too late",
  ]);
  await eventually(async () => expect(await readTimers(system)).toHaveLength(2));
});

test("a question that was answered never times out", async () => {
  const system = await startAsking();
  const { ledger, customerSays } = system.whatsapp;
  const answering = "447700900111";
  const silent = "447700900222";

  await customerSays({ from: answering, text: "hi" });
  await ledger.waitFor(({ to }) => to === answering, 15_000);
  await customerSays({ from: answering, text: "Anna" });
  await customerSays({ from: silent, text: "hi" });
  await ledger.waitFor(({ to, text }) => to === silent && text === "too late", 15_000);

  expect(ledger.entries({ to: answering }).map(({ text }) => text)).toEqual([
    "name?",
    "hello, Anna",
  ]);
});
