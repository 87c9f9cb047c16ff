import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("the echo of our own send does not pause the bot", async () => {
  const system = await startSystem({ greenApiSimulator: { echo: true } });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.greenApi;

  for (const [index, text] of ["1", "2", "3"].entries()) {
    await customerSays({ from, text });
    await ledger.waitFor(index + 1, 15_000);
  }
  await eventually(async () => {
    const messages = await system.readAll("messages");
    expect(messages.filter(({ direction }) => direction === "out")).toHaveLength(3);
  }, 15_000);
  await customerSays({ from, text: "4" });

  await ledger.waitFor(4, 15_000);
  const [conversation] = await system.readAll("conversations");
  expect(conversation).toMatchObject({ mode: "bot" });
});

test("an echo that overtakes the answer to our send settles it", async () => {
  const system = await startSystem({
    greenApiSimulator: { echo: true },
    settings: { ABSENT_AFTER_MS: "60000" },
  });
  onTestFinished(system.stop);
  system.greenApi.switches.set({ hangMs: { next: 1, ms: 60_000 } });

  await system.greenApi.customerSays({ from, text: "1" });

  await eventually(async () => {
    const [sent] = await system.readOutgoing();
    expect(sent).toMatchObject({ state: "sent", attempt: 1 });
  }, 15_000);
  await system.greenApi.customerSays({ from, text: "2" });
  const replies = await system.greenApi.ledger.waitFor(2, 15_000);
  expect(replies.map(({ text }) => text)).toEqual(["Вы написали: 1", "Вы написали: 2"]);
});
