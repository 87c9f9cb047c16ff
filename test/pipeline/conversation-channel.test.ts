import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("what comes to an inactive channel is kept, and not answered", async () => {
  const system = await startSystem({ whatsapp: { active: false } });
  onTestFinished(system.stop);

  const said = await system.whatsapp.customerSays({ from, text: "to nobody" });
  await eventually(async () => {
    const [message] = await system.readAll("messages");
    expect(message).toMatchObject({ text: "to nobody", state: "applied" });
  }, 15_000);
  await system.models.channels.update("whatsapp", { active: true });
  await eventually(async () => {
    await system.whatsapp.customerSays({ from, text: "to the bot" });
    expect(system.whatsapp.ledger.size).toBeGreaterThan(0);
  }, 15_000);

  expect(said.status).toBe(200);
  expect(system.whatsapp.ledger.entries().map(({ text }) => text)).not.toContain(
    "Вы написали: to nobody",
  );
});

test("where no bot answers, the conversation waits for an operator", async () => {
  const system = await startSystem({ whatsapp: { botId: "nobody" } });
  onTestFinished(system.stop);

  await system.whatsapp.customerSays({ from, text: "anybody?" });
  await eventually(async () => {
    const [conversation] = await system.readAll("conversations");
    expect(conversation).toMatchObject({ mode: "waiting" });
  }, 15_000);
  await system.models.channels.update("whatsapp", { botId: "bot" });
  await eventually(async () => {
    await system.whatsapp.customerSays({ from, text: "now?" });
    expect(system.whatsapp.ledger.size).toBeGreaterThan(0);
  }, 15_000);

  expect(system.whatsapp.ledger.entries().map(({ text }) => text)).not.toContain(
    "Вы написали: anybody?",
  );
  const [conversation] = await system.readAll("conversations");
  expect(conversation).toMatchObject({ mode: "bot" });
});
