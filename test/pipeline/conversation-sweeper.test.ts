import { expect, onTestFinished, test } from "vitest";
import { conversationIdOf } from "../../src/shared/models/conversations.ts";
import type { Webhook } from "../../src/shared/models/webhooks.ts";
import { writeWhatsapp } from "../support/customers.ts";
import { startSystem } from "../support/system.ts";

const from = "447700900123";
const key = conversationIdOf("whatsapp", from);

test("a journal entry that nobody was woken for is answered all the same", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const raw = Buffer.from(writeWhatsapp(system, { from, text: "unheard" }));
  const now = new Date();
  const entry: Webhook = {
    _id: "entry",
    schemaVersion: 1,
    tenantId: "tenant",
    channelId: "whatsapp",
    provider: "whatsapp-cloud",
    source: "webhook",
    raw,
    headers: {},
    request: { id: "entry", address: "", userAgent: "", bytes: raw.length },
    arrivedAt: now,
    pending: [key],
    keys: [key],
    sweepAt: now,
  };

  await system.models.webhooks.insert(entry);

  const [reply] = await system.whatsapp.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: from, text: "Вы написали: unheard" });
});
