import { expect, onTestFinished, test } from "vitest";
import { addChannel } from "../support/channels.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type SystemOptions, type TestSystem } from "../support/system.ts";

const from = "447700900123";

const start = async (options: SystemOptions = {}): Promise<TestSystem> => {
  const system = await startSystem(options);
  onTestFinished(system.stop);
  return system;
};

test("a customer's message is answered once, and receipts reach the reply", async () => {
  const { wazzup24, ...system } = await start();
  wazzup24.switches.set({ readStatuses: true, duplicateWebhooks: 3 });

  const said = await wazzup24.customerSays({ from, text: "Привет 👋" });

  expect(said.status).toBe(200);
  const [reply] = await wazzup24.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: from, text: "Вы написали: Привет 👋" });
  await eventually(async () => {
    const [sent] = await system.readOutgoing();
    expect(sent).toMatchObject({ state: "sent", rank: 3, providerMessageId: reply?.id });
  }, 15_000);
  expect(wazzup24.ledger.size).toBe(1);
});

test("the documented form is answered, and its contact becomes the customer's name", async () => {
  const system = await start({ wazzup24: { secrets: [], open: "loopback" } });
  const post = (event: string, data: object) =>
    fetch(`${system.api.url}/api/webhooks/wazzup24`, {
      method: "POST",
      body: JSON.stringify({ event, data }),
    });
  const phone = "+7 777 123 45 67";

  await post("message", { id: "1", chatId: "77771234567", type: "text", text: "Hi", from: phone });
  const [reply] = await system.wazzup24.ledger.waitFor(1, 15_000);
  await post("contact", { phone, name: "Анна" });

  expect(reply).toMatchObject({ to: "77771234567", text: "Вы написали: Hi" });
  await eventually(async () => {
    const contacts = await system.readAll("contacts");
    expect(contacts).toMatchObject([{ name: "Анна", phone: "77771234567" }]);
  }, 15_000);
});

test("two channels of one account share an address, and receipts find the send of either", async () => {
  const first = {
    channelId: "11111111-1111-4111-8111-111111111111",
    transport: "whatsapp",
    plainId: "1",
  };
  const second = {
    channelId: "22222222-2222-4222-8222-222222222222",
    transport: "instagram",
    plainId: "2",
  };
  const system = await start({
    wazzup24: { secrets: ["both"] },
    wazzup24Simulator: { channels: [first, second], crmKey: "both" },
  });
  const { wazzup24 } = system;
  await addChannel(system.models.channels, {
    _id: "second",
    provider: "wazzup24",
    externalId: second.channelId,
    token: "demo-wazzup24-key",
    secrets: ["both"],
    botId: "bot",
  });
  wazzup24.pointWebhooksAt(`${system.api.url}/api/v1/webhooks/wazzup24/wazzup`);

  await wazzup24.customerWritesTo(second, { from: "test.customer", text: "Hi" });

  const [reply] = await wazzup24.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ account: second.channelId, to: "test.customer" });
  await eventually(async () => {
    const [sent] = await system.readOutgoing();
    expect(sent).toMatchObject({ channelId: "second", state: "sent", rank: 2 });
  }, 15_000);
});
