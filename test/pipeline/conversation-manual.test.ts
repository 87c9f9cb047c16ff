import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

test("a manual entry is answered like a message, and marked unverified", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  const answer = await fetch(`${system.api.url}/processConversation`, {
    method: "POST",
    headers: { "content-type": "application/json", ...system.greenApi.authorize() },
    body: JSON.stringify({ client_phone: "+44 7700 900123", message: "typed in" }),
  });

  expect(answer.status).toBe(200);
  const [reply] = await system.greenApi.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: "447700900123@c.us", text: "Вы написали: typed in" });
  await eventually(async () => {
    const [message] = await system.readAll("messages");
    expect(message).toMatchObject({ text: "typed in", unverified: true });
  });
});
