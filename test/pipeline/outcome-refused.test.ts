import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";

test("a refused send fails with the provider's code and advice, and the next one goes", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const { switches, ledger, customerSays } = system.whatsapp;
  switches.set({ refuse: 1, refuseCode: 131026 });

  await customerSays({ from, text: "1" });
  await customerSays({ from, text: "2" });

  const [sent] = await ledger.waitFor(1, 15_000);
  expect(sent).toMatchObject({ text: "Вы написали: 2" });
  await eventually(async () => {
    expect(await system.readOutgoing()).toMatchObject([
      { state: "failed", code: "131026", advice: expect.stringContaining("no WhatsApp") },
      { state: "sent" },
    ]);
    const [alert] = await system.readAll("alerts");
    expect(alert).toMatchObject({ kind: "send.failed", text: expect.stringContaining("131026") });
  });
});

test("a number that Meta allows only as a test recipient is named so in words", async () => {
  const system = await startSystem({ whatsappSimulator: { allowedRecipients: ["447700900999"] } });
  onTestFinished(system.stop);

  await system.whatsapp.customerSays({ from, text: "1" });

  await eventually(async () => {
    expect(await system.readOutgoing()).toMatchObject([
      {
        state: "failed",
        code: "131030",
        advice: expect.stringContaining("Meta's test number sends only to recipients added"),
      },
    ]);
  }, 15_000);
});
