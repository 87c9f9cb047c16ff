import { expect, onTestFinished, test } from "vitest";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
import { addChannel } from "../support/channels.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type SystemOptions, type TestSystem } from "../support/system.ts";

const from = "447700900123";

const start = async (options: SystemOptions = {}): Promise<TestSystem> => {
  const system = await startSystem(options);
  onTestFinished(system.stop);
  return system;
};

/** Sends of the lane, once all of them have this. */
const sends = (system: TestSystem, each: object, count: number) =>
  eventually(async () => {
    const all = await system.readOutgoing();
    expect(all).toMatchObject(Array.from({ length: count }, () => each));
    return all;
  }, 20_000);

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

const choosing = {
  nodes: [
    {
      id: "ask",
      type: "buttons",
      data: {
        message: "Which?",
        buttons: [
          { id: "cut", label: "Haircut" },
          { id: "dye", label: "Colour" },
        ],
      },
    },
    {
      id: "picture",
      type: "media",
      data: { mediaType: "image", url: "https://cdn.example.test/cut.jpg", caption: "Like this" },
    },
  ],
  edges: [
    { source: "ask", target: "picture", sourceHandle: "cut" },
    { source: "ask", target: "picture", sourceHandle: "dye" },
  ],
};

const publish = (system: TestSystem, flow: object) => {
  const updatedAt = new Date();
  const bot = { _id: "bot", schemaVersion: 1, tenantId: "tenant", name: "b", updatedAt } as const;
  return system.models.bots.publish(bot, flow, updatedAt);
};

test("buttons go as numbered text, and a picture before its caption, each a send of its own", async () => {
  const system = await start();
  await publish(system, choosing);
  const { ledger, customerSays } = system.wazzup24;

  await customerSays({ from, text: "Hello" });
  const [menu] = await ledger.waitFor(1, 15_000);
  await customerSays({ from, text: "1" });
  const [, picture, caption] = await ledger.waitFor(3, 15_000);

  expect(menu).toMatchObject({ type: "text", text: "Which?\n\n1. Haircut\n2. Colour" });
  expect(picture).toMatchObject({ type: "file", text: "https://cdn.example.test/cut.jpg" });
  expect(caption).toMatchObject({ type: "text", text: "Like this" });
  expect(await sends(system, { state: "sent" }, 3)).toMatchObject([
    { sequence: 1 },
    { sequence: 2, command: { type: "image" } },
    { sequence: 3, command: { type: "text", text: "Like this" } },
  ]);
});

test("on a WABA channel buttons are buttons, and a pressed one is understood", async () => {
  const channelId = "11111111-1111-4111-8111-111111111111";
  const system = await start({
    wazzup24Simulator: { channels: [{ channelId, transport: "wapi", plainId: "1" }] },
  });
  await publish(system, choosing);
  const { ledger, customerSays } = system.wazzup24;

  await customerSays({ from, text: "Hello" });
  const [menu] = await ledger.waitFor(1, 15_000);
  const [, button] = menu?.buttons ?? [];
  await customerSays({ from, ...(button && { button }) });

  expect(menu).toMatchObject({ type: "buttons", text: "Which?" });
  expect((await ledger.waitFor(2, 15_000))[1]).toMatchObject({ type: "file" });
});

test("a send whose answer was lost is asked about within the minute, and is there once", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  switches.set({ dropAfter: 1 });

  await customerSays({ from, text: "1" });
  await sends(system, { state: "sent", attempt: 1 }, 1);
  switches.set({ dropBefore: 1 });
  await customerSays({ from, text: "2" });
  await sends(system, { state: "sent", attempt: 1 }, 2);

  const texts = ledger.entries().map(({ text }) => text);
  expect(texts).toEqual(["Вы написали: 1", "Вы написали: 2"]);
});

test("a colleague who writes in Wazzup's chat takes over, our own echo does not", async () => {
  const system = await start({ wazzup24Simulator: { echo: true } });
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

test("a channel that is not paid pauses ours, and goes on when it is active", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  const paused = async () => (await system.models.channels.find("wazzup"))?.paused?.code;
  switches.set({ refuse: 1, refuseCode: "CHANNEL_NO_MONEY" });

  await customerSays({ from, text: "1" });
  await eventually(async () => expect(await paused()).toBe("CHANNEL_NO_MONEY"), 15_000);
  switches.set({ channelState: "notEnoughMoney" });
  await eventually(async () => expect(await paused()).toBe("account_state"), 15_000);
  switches.set({ channelState: "active" });

  const [reply] = await ledger.waitFor(1, 25_000);
  expect(reply).toMatchObject({ text: "Вы написали: 1" });
  expect(await paused()).toBeUndefined();
}, 60_000);

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

test("429 slows the channel down and loses nothing", async () => {
  const system = await start();
  const { ledger, customerSays, switches } = system.wazzup24;
  switches.set({ answer429: 1 });

  await customerSays({ from, text: "1" });

  expect(await ledger.waitFor(1, 25_000)).toMatchObject([{ text: "Вы написали: 1" }]);
}, 60_000);

test("a caption that an operator writes follows the picture, both by the operator", async () => {
  const system = await start();
  const channel = { _id: "wazzup", tenantId: "tenant", provider: "wazzup24" };
  const command = { type: "image", link: "https://a.test/b.jpg", caption: "See" } as const;
  const act = {
    kind: "operator",
    actId: "k",
    act: "send",
    chatId: from,
    command,
    by: "o",
  } as const;

  await system.models.webhooks.insert(buildOwnEntry(channel, "k", act, new Date()));

  await sends(system, { state: "sent", origin: "operator", by: "o" }, 2);
  const types = system.wazzup24.ledger.entries().map(({ type }) => type);
  expect(types).toEqual(["file", "text"]);
});
