import { expect, onTestFinished, test } from "vitest";
import { postGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem } from "../support/system.ts";

const delivered = 2;
const from = "447700900123";

test("receipts that overtake the answer to their send are not lost (WhatsApp)", async () => {
  const system = await startSystem({
    settings: { SEND_TIMEOUT_MS: "15000", CLAIM_MARGIN_MS: "16000", CLAIM_MS: "20000" },
  });
  onTestFinished(system.stop);
  system.whatsapp.switches.set({ hangMs: { next: 1, ms: 14_000 } });

  await system.whatsapp.customerSays({ from, text: "1" });

  await eventually(async () => {
    const [sent] = await system.readOutgoing();
    expect(sent).toMatchObject({ state: "sent", attempt: 1, rank: delivered });
  }, 12_000);
});

test("receipts that came before the send was recorded are found by it (Green API)", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  system.greenApi.switches.set({ statusesOff: true, hangMs: { next: 1, ms: 1000 } });
  await system.greenApi.customerSays({ from, text: "1" });
  const [accepted] = await system.greenApi.ledger.waitFor(1, 15_000);

  await postGreen(system, {
    typeWebhook: "outgoingMessageStatus",
    chatId: `${from}@c.us`,
    instanceData: { idInstance: 1_101_999_001, wid: "447700900001@c.us", typeInstance: "whatsapp" },
    timestamp: Math.floor(Date.now() / 1000),
    idMessage: accepted?.id,
    status: "delivered",
    sendByApi: true,
  });

  await eventually(async () => {
    const [sent] = await system.readOutgoing();
    expect(sent).toMatchObject({ state: "sent", attempt: 1, rank: delivered });
  }, 15_000);
});
