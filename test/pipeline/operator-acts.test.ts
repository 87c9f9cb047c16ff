import { expect, onTestFinished, test } from "vitest";
import type { OwnEvent } from "../../src/shared/domain/own-event.ts";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";
const channel = { _id: "whatsapp", tenantId: "tenant", provider: "whatsapp-cloud" };

type Act = Omit<Extract<OwnEvent, { kind: "operator" }>, "kind" | "actId" | "chatId">;

/** The operator's act in the journal; the sweeper finds it. */
const act = (system: TestSystem, actId: string, what: Act) => {
  const event = { kind: "operator", actId, chatId: from, ...what } as const;
  return system.models.webhooks.insert(buildOwnEntry(channel, actId, event, new Date()));
};

const becomes = (system: TestSystem, mode: string) =>
  eventually(async () => {
    const [conversation] = await system.readAll("conversations");
    expect(conversation).toMatchObject({ mode });
  }, 15_000);

test("an operator takes over, writes and hands back", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);

  await act(system, "k1", { act: "takeover" });
  await becomes(system, "operator");
  await customerSays({ from, text: "2" });
  await act(system, "k2", { act: "send", command: { type: "text", text: "a person" } });
  await ledger.waitFor(2, 15_000);
  await act(system, "k3", { act: "handback" });
  await becomes(system, "bot");
  await customerSays({ from, text: "3" });

  const replies = await ledger.waitFor(3, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "a person", "Вы написали: 3"]);
});

test("a closed conversation is the bot's again, and open when the customer writes", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  const conversation = async () => (await system.readAll("conversations"))[0];
  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);

  await act(system, "k1", { act: "takeover", by: "anna" });
  await act(system, "k2", { act: "assign", by: "anna", assignee: "boris" });
  await act(system, "k3", { act: "read", by: "boris" });
  await eventually(async () => {
    const expected = { mode: "operator", assignee: "boris", unread: 0 };
    expect(await conversation()).toMatchObject(expected);
  }, 15_000);
  await act(system, "k4", { act: "close", by: "boris" });
  await eventually(async () => {
    expect(await conversation()).toMatchObject({ mode: "bot", status: "closed" });
  }, 15_000);
  await customerSays({ from, text: "2" });

  const replies = await ledger.waitFor(2, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
  expect(await conversation()).toMatchObject({ status: "active", unread: 1, assignee: "boris" });
});

test("an operator's act under the same key is done once", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);
  const send = { act: "send", command: { type: "text", text: "once" } } as const;

  const answers = [await act(system, "same", send), await act(system, "same", send)];
  await ledger.waitFor(({ text }) => text === "once", 15_000);
  answers.push(await act(system, "same", send));
  await act(system, "other", { act: "send", command: { type: "text", text: "later" } });
  await ledger.waitFor(({ text }) => text === "later", 15_000);

  expect(answers).toEqual(["created", "exists", "exists"]);
  expect(ledger.entries().map(({ text }) => text)).toEqual(["Вы написали: 1", "once", "later"]);
});

test("an operator's own sends are not canceled when the operator takes over", async () => {
  const system = await startSystem({ whatsapp: { pairIntervalMs: 2000, pairBurst: 1 } });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.whatsapp;
  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);

  await act(system, "a", { act: "send", command: { type: "text", text: "a person" } });
  await act(system, "b", { act: "takeover" });

  await becomes(system, "operator");
  const [sent] = await ledger.waitFor(({ text }) => text === "a person", 15_000);
  expect(sent).toMatchObject({ to: from });
});
