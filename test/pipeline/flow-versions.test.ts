import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const asks = (words: string, id = "ask") => ({
  start: id,
  nodes: [
    { id, type: "question", data: { question: `${words}: name?`, saveAs: "name" } },
    { id: "end", type: "message", data: { message: `${words}: bye, {{name}}` } },
  ],
  edges: [{ source: id, target: "end" }],
});

async function publish({ models }: TestSystem, words: string): Promise<void> {
  const bot = await models.bots.find("bot");
  if (bot === null) throw new Error("there is no bot");
  await models.bots.publish(bot, asks(words), new Date());
}

test("a running session keeps its version of the bot, a new one takes the new", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const heard = (from: string, count: number) =>
    ledger.waitFor(({ to }) => to === from && ledger.entries({ to }).length >= count, 15_000);
  const from = "447700900111";
  await publish(system, "old");
  await system.startWorker();
  await customerSays({ from, text: "hi" });
  await heard(from, 1);

  await publish(system, "new");
  let strangers = 0;
  await eventually(async () => {
    const stranger = `44770090${strangers++ + 1000}`;
    await customerSays({ from: stranger, text: "hi" });
    await heard(stranger, 1);
    expect(ledger.entries({ to: stranger })).toMatchObject([{ text: "new: name?" }]);
  }, 15_000);
  await customerSays({ from, text: "Anna" });
  await heard(from, 2);
  await customerSays({ from, text: "again" });
  await heard(from, 3);

  expect(ledger.entries({ to: from }).map(({ text }) => text)).toEqual([
    "old: name?",
    "old: bye, Anna",
    "new: name?",
  ]);
});

test("a session moves to the new version where its publisher says so", async () => {
  const system = await startSystem({ workers: 0 });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const from = "447700900112";
  const say = async (text: string, answers: number): Promise<string | undefined> => {
    await customerSays({ from, text });
    await ledger.waitFor(() => ledger.entries({ to: from }).length >= answers, 15_000);
    return ledger.entries({ to: from }).at(-1)?.text;
  };
  await publish(system, "old");
  const worker = await system.startWorker();
  const asked = await say("hi", 1);
  await worker.kill();

  const bot = await system.models.bots.find("bot");
  if (bot === null) throw new Error("there is no bot");
  const moves = [{ from: "ask", to: "name" }];
  await system.models.bots.publish(bot, asks("new", "name"), new Date(), { moves });
  await system.startWorker();

  expect(asked).toBe("old: name?");
  expect(await say("Anna", 2)).toBe("new: bye, Anna");
});
