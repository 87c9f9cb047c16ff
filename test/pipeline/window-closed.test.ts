import { expect, onTestFinished, test } from "vitest";
import type { OwnEvent } from "../../src/shared/domain/own-event.ts";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";
const channel = { _id: "whatsapp", tenantId: "tenant", provider: "whatsapp-cloud" };
const dayS = 86_400;

const operatorSends = (system: TestSystem, text: string) => {
  const command = { type: "text", text } as const;
  const event: OwnEvent = { kind: "operator", actId: text, act: "send", chatId: from, command };
  return system.models.webhooks.insert(buildOwnEntry(channel, text, event, new Date()));
};

const ago = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

test("a reply outside the 24 hours is parked with the reason, and a person is told", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await system.whatsapp.customerSays({ from, text: "old", timestamp: ago(dayS + 60) });
  await eventually(async () => {
    const [parked] = await system.readOutgoing();
    expect(parked).toMatchObject({ state: "parked", reason: expect.stringContaining("24 hours") });
    const [alert] = await system.readAll("alerts");
    expect(alert).toMatchObject({ kind: "send.parked", subject: parked?._id });
  }, 15_000);
  await system.whatsapp.customerSays({ from, text: "new" });

  const [reply] = await system.whatsapp.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ text: "Вы написали: new" });
});

test("a channel with a template sends that in its place", async () => {
  const windowTemplate = { name: "come_back", language: "ru" };
  const system = await startSystem({
    whatsapp: { windowTemplate },
    whatsappSimulator: { templates: { come_back: ["ru"] } },
  });
  onTestFinished(system.stop);

  await operatorSends(system, "good morning");

  const [sent] = await system.whatsapp.ledger.waitFor(1, 15_000);
  expect(sent).toMatchObject({ to: from, type: "template" });
});

test("what the window stopped at first leaves as it is once the customer has written", async () => {
  const paused = { code: "test", reason: "a test", at: new Date() };
  const windowTemplate = { name: "come_back", language: "ru" };
  const system = await startSystem({ whatsapp: { paused, windowTemplate } });
  onTestFinished(system.stop);
  await operatorSends(system, "good morning");
  await eventually(async () => expect(await system.readOutgoing()).toHaveLength(1), 15_000);

  await system.whatsapp.customerSays({ from, text: "hello" });
  await eventually(async () => expect(await system.readOutgoing()).toHaveLength(2), 15_000);
  await system.models.channels.update("whatsapp", {}, ["paused"]);

  const sent = await system.whatsapp.ledger.waitFor(2, 20_000);
  expect(sent.map(({ type, text }) => `${type}: ${text}`)).toEqual([
    "text: good morning",
    "text: Вы написали: hello",
  ]);
}, 60_000);
