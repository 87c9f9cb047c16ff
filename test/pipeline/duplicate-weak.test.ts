import { expect, onTestFinished, test } from "vitest";
import { minimalText } from "../support/bodies.ts";
import { postGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const saying = (textMessage: string) => ({
  ...minimalText,
  messageData: { textMessageData: { textMessage } },
});

test("a body without a message id counts once within the minute and is marked so", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await Promise.all([postGreen(system, saying("Да")), postGreen(system, saying("Да"))]);
  await system.greenApi.ledger.waitFor(1, 15_000);
  await postGreen(system, saying("Нет"));
  await system.greenApi.ledger.waitFor(({ text }) => text.endsWith("Нет"), 15_000);

  expect(system.greenApi.ledger.entries().map(({ text }) => text)).toEqual([
    "Вы написали: Да",
    "Вы написали: Нет",
  ]);
  await eventually(async () => {
    const messages = await system.readAll("messages");
    expect(messages.map(({ weakDedupe }) => weakDedupe)).toEqual([true, true]);
  });
});

test("the same words of another minute are another message", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  await postGreen(system, saying("Да"));
  await system.greenApi.ledger.waitFor(1, 15_000);
  const [entry] = await system.database.collection("webhooks").find().toArray();
  if (entry === undefined) throw new Error("the journal is empty");

  const arrivedAt = new Date(entry["arrivedAt"].getTime() - 60_000);
  const again = { ...entry, arrivedAt, pending: entry["keys"], sweepAt: new Date(0) };
  await system.database.collection<{ _id: string }>("webhooks").insertOne({ ...again, _id: "z" });

  const replies = await system.greenApi.ledger.waitFor(2, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: Да", "Вы написали: Да"]);
});
