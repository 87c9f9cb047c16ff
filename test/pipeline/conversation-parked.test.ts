import { expect, onTestFinished, test } from "vitest";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const channel = { _id: "whatsapp", tenantId: "tenant", provider: "whatsapp-cloud" };

test("effects that the database refuses are parked, kept and told; the conversation goes on", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  await system.database
    .collection<{ _id: string; versions: string }>("contacts")
    .insertOne({ _id: `whatsapp|${from}`, versions: "not as we write it" });

  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 25_000);
  await eventually(async () => {
    const [message] = await system.readAll("messages");
    expect(message).toMatchObject({
      reason: expect.stringContaining("effects parked"),
      parkedEffects: expect.stringContaining("Test Customer"),
    });
    expect(await system.readAll("alerts")).toMatchObject([{ kind: "effects.parked" }]);
  }, 25_000);
  await customerSays({ from, text: "2" });

  const replies = await ledger.waitFor(2, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
}, 60_000);

test("an act too large for the database ends dead, and the next is answered", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const command = { type: "text", text: "x".repeat(2_000_000) } as const;
  const act = { kind: "operator", actId: "k", act: "send", chatId: from, command } as const;

  await system.models.webhooks.insert(buildOwnEntry(channel, "k", act, new Date()));
  await eventually(async () => {
    expect(await system.readAll("alerts")).toMatchObject([{ kind: "message.dead" }]);
  }, 25_000);
  await customerSays({ from, text: "1" });

  const replies = await ledger.waitFor(1, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1"]);
}, 60_000);
