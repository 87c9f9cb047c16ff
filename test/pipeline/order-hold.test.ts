import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("disorder within the hold window is put right", async () => {
  const system = await startSystem({ whatsapp: { holdMs: 2000 } });
  onTestFinished(system.stop);
  const now = Math.floor(Date.now() / 1000);

  await system.whatsapp.customerSays({ from, text: "third", timestamp: now });
  await system.whatsapp.customerSays({ from, text: "second", timestamp: now - 10 });
  await system.whatsapp.customerSays({ from, text: "first", timestamp: now - 20 });

  const replies = await system.whatsapp.ledger.waitFor(3, 15_000);
  expect(replies.map(({ text }) => text)).toEqual([
    "Вы написали: first",
    "Вы написали: second",
    "Вы написали: third",
  ]);
  await eventually(async () => {
    const messages = await system.readAll("messages");
    expect(messages.map(({ late }) => late)).toEqual([undefined, undefined, undefined]);
  });
});

test("what comes later than the window is handled after, and its message is marked late", async () => {
  const system = await startSystem({ whatsapp: { holdMs: 0 } });
  onTestFinished(system.stop);
  const now = Math.floor(Date.now() / 1000);

  await system.whatsapp.customerSays({ from, text: "younger", timestamp: now });
  await system.whatsapp.ledger.waitFor(1, 15_000);
  await system.whatsapp.customerSays({ from, text: "older", timestamp: now - 10 });

  const replies = await system.whatsapp.ledger.waitFor(2, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: younger", "Вы написали: older"]);
  await eventually(async () => {
    const messages = await system.readAll("messages");
    const late = messages.filter((message) => message["late"] === true);
    expect(late.map(({ text }) => text)).toEqual(["older"]);
  });
});
