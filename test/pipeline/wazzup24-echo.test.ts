import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("a colleague who writes in Wazzup's chat takes over, our own echo does not", async () => {
  const system = await startSystem({ wazzup24Simulator: { echo: true } });
  onTestFinished(system.stop);
  const { ledger, customerSays, operatorSays } = system.wazzup24;
  const mode = async () => (await system.readAll("conversations"))[0]?.["mode"];

  await customerSays({ from, text: "1" });
  await ledger.waitFor(1, 15_000);
  await eventually(async () => {
    const messages = await system.readAll("messages");
    expect(messages).toContainEqual(expect.objectContaining({ direction: "out", echo: true }));
  }, 15_000);
  expect(await mode()).toBe("bot");

  await operatorSays({ chatId: from, text: "It's me, Olga", author: "Olga" });

  await eventually(async () => expect(await mode()).toBe("operator"), 15_000);
});
