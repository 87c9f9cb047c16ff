import { expect, onTestFinished, test } from "vitest";
import { postGreen, postWhatsapp, readFixture, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";

const writeByPhone = {
  greenApi: (system: TestSystem) =>
    postGreen(
      system,
      writeGreen(
        system,
        { from, text: "a person here" },
        { typeWebhook: "outgoingMessageReceived" },
      ),
    ),
  whatsapp: async (system: TestSystem) =>
    postWhatsapp(system, JSON.stringify(await readFixture("whatsapp-cloud/echo_smb_message", {}))),
};

const readMode = async (system: TestSystem) => {
  const [conversation] = await system.readAll("conversations");
  return String(conversation?.["mode"]);
};

const becomes = (system: TestSystem, mode: string) =>
  eventually(async () => expect(await readMode(system)).toBe(mode), 15_000);

test.for(["whatsapp", "greenApi"] as const)(
  "what a person writes from the phone pauses the bot until the handback (%s)",
  async (name) => {
    const system = await startSystem({ settings: { HANDBACK_AFTER_MS: "4000" } });
    onTestFinished(system.stop);
    const { ledger, customerSays } = system[name];
    await customerSays({ from, text: "first" });
    await ledger.waitFor(1, 15_000);

    await writeByPhone[name](system);
    await becomes(system, "operator");
    await customerSays({ from, text: "to the person" });
    await becomes(system, "bot");
    await customerSays({ from, text: "to the bot" });

    const replies = await ledger.waitFor(2, 15_000);
    expect(replies.map(({ text }) => text)).toEqual([
      "Вы написали: first",
      "Вы написали: to the bot",
    ]);
  },
);

test("replies of the bot that did not leave yet are canceled when a person writes", async () => {
  const system = await startSystem({ greenApi: { pairIntervalMs: 3000, pairBurst: 1 } });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.greenApi;
  for (const text of ["1", "2", "3"]) await customerSays({ from, text });
  await ledger.waitFor(1, 15_000);

  await eventually(async () => expect(await system.readOutgoing()).toHaveLength(3), 15_000);
  await writeByPhone.greenApi(system);

  await eventually(async () => {
    const states = (await system.readOutgoing()).map(({ state }) => state);
    expect(states.slice(-1)).toEqual(["canceled"]);
    expect(states).not.toContain("queued");
  }, 15_000);
  await customerSays({ from: "447700900999", text: "later" });
  await ledger.waitFor(({ text }) => text.endsWith("later"), 15_000);
  expect(ledger.entries({ to: from }).map(({ text }) => text)).not.toContain("Вы написали: 3");
});
