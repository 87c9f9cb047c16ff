import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("another bot that answers each of our answers is left alone, and a person is called", async () => {
  const system = await startSystem({ settings: { LOOP_REPLIES: "3" } });
  onTestFinished(system.stop);
  const { ledger, customerSays } = system.greenApi;
  for (let said = 1; said <= 3; said += 1) {
    await customerSays({ from, text: `automatic answer ${said}` });
    await ledger.waitFor(said, 15_000);
  }

  await customerSays({ from, text: "automatic answer 4" });

  await eventually(async () => {
    const [conversation] = await system.readAll("conversations");
    expect(conversation).toMatchObject({ mode: "operator" });
    const alerts = await system.readAll("alerts");
    expect(alerts).toMatchObject([{ kind: "bot.loop", subject: conversation?.["_id"] }]);
  }, 15_000);
  expect(ledger.entries()).toHaveLength(3);
});
