import { expect, onTestFinished, test } from "vitest";
import { startSystem, type TestSystem } from "../support/system.ts";

const says = (message: string) => ({ id: "a", type: "message", data: { message } });
const asks = (question: string) => ({ id: "q", type: "question", data: { question, saveAs: "x" } });

async function publish({ models }: TestSystem, id: string, flow: object): Promise<void> {
  const updatedAt = new Date();
  const bot = { _id: id, schemaVersion: 1, tenantId: "tenant", name: id, updatedAt } as const;
  await models.bots.create(bot);
  await models.bots.publish(bot, flow, updatedAt);
}

/** Says it and waits for one answer more. */
const talk = ({ whatsapp: { customerSays, ledger } }: TestSystem, from: string) => {
  let answers = 0;
  return async (text: string): Promise<string | undefined> => {
    await customerSays({ from, text });
    answers += 1;
    await ledger.waitFor(() => ledger.entries({ to: from }).length >= answers, 15_000);
    return ledger.entries({ to: from }).at(-1)?.text;
  };
};

test("of several bots the first whose trigger fires answers; a word restarts or leaves", async () => {
  const system = await startSystem({
    workers: 0,
    whatsapp: { botId: "menu", botIds: ["menu", "prices", "first", "rest"] },
  });
  onTestFinished(system.stop);
  await publish(system, "menu", {
    nodes: [says("menu!")],
    triggers: [
      { on: "keyword", words: ["меню"], does: "restart" },
      { on: "keyword", words: ["menu"] },
    ],
  });
  await publish(system, "prices", {
    nodes: [asks("Which?")],
    triggers: [
      { on: "keyword", match: "contains", words: ["цен"] },
      { on: "keyword", words: ["стоп"], does: "leave", flow: "bye" },
    ],
    flows: { bye: { nodes: [says("left")] } },
  });
  await publish(system, "first", { nodes: [says("welcome")], triggers: [{ on: "first_contact" }] });
  await publish(system, "rest", { nodes: [says("rest")] });
  await system.startWorker();
  const say = talk(system, "447700900123");

  expect(await say("hello")).toBe("welcome");
  expect(await say("hello")).toBe("rest");
  expect(await say("какая цена?")).toBe("Which?");
  expect(await say("Меню!")).toBe("menu!");
  expect(await say("цены")).toBe("Which?");
  expect(await say("стоп")).toBe("left");
  expect(await say("стоп")).toBe("rest");
});
