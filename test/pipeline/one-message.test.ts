import { expect, onTestFinished, test } from "vitest";
import { startSystem } from "../support/system.ts";

test("a signed WhatsApp message is answered once, and its receipts reach the send", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  const said = await system.whatsapp.customerSays({ from: "447700900123", text: "Привет 👋" });

  expect(said.status).toBe(200);
  const [reply] = await system.whatsapp.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: "447700900123", text: "Вы написали: Привет 👋" });
});

test("a Green API message is answered once", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  const said = await system.greenApi.customerSays({ from: "447700900123", text: "Hello" });

  expect(said.status).toBe(200);
  const [reply] = await system.greenApi.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: "447700900123@c.us", text: "Вы написали: Hello" });
});
