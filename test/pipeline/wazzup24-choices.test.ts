import { expect, onTestFinished, test } from "vitest";
import { buildOwnEntry } from "../../src/shared/models/own-entry.ts";
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
