import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { channelSecretsPurpose, openFor } from "#shared/models/channel-secrets.ts";
import { createCipher } from "#shared/runtime/cipher.ts";
import { encryptionKey, openWorld, readJson } from "./open-world.ts";

test("a second demo changes nothing", async () => {
  const world = await openWorld();

  const first = readJson(await world.run(["demo", "--json"]));
  const before = await world.dump();
  const second = readJson(await world.run(["demo", "--json"]));

  expect(first).toEqual({
    tenant: "demo",
    channels: [
      {
        id: "demo-whatsapp",
        provider: "whatsapp-cloud",
        webhookPath: "/api/v1/webhooks/whatsapp",
      },
      { id: "demo-green-api", provider: "green-api", webhookPath: "/webhook" },
      { id: "demo-wazzup24", provider: "wazzup24", webhookPath: "/api/webhooks/wazzup24" },
      { id: "demo-chatrace", provider: "chatrace", webhookPath: "/instagram/webhook" },
    ],
    bot: { id: "demo-salon", versionId: "demo-salon|1" },
  });
  expect(second).toEqual(first);
  expect(await world.dump()).toBe(before);
});

test("the demo's channels speak to the simulators with the example bot", async () => {
  const world = await openWorld();

  await world.run(["demo"]);

  const cipher = createCipher(encryptionKey, channelSecretsPurpose);
  const channels = await world.models.channels.list();
  expect(
    channels.map((channel) => ({
      ...channel,
      token: openFor(cipher, channel, "token", channel.sealedToken ?? ""),
    })),
  ).toMatchObject([
    {
      _id: "demo-chatrace",
      key: "demo-chatrace",
      externalId: "1543000",
      open: "loopback",
      defaultOf: "chatrace",
      botId: "demo-salon",
      sealedSecrets: [],
      token: "demo-chatrace-token",
    },
    {
      _id: "demo-green-api",
      key: "demo-green-api",
      externalId: "1101999001",
      open: "loopback",
      defaultOf: "green-api",
      botId: "demo-salon",
      sealedSecrets: [],
      token: "demo-green-token",
    },
    {
      _id: "demo-wazzup24",
      key: "demo-wazzup24",
      externalId: "11111111-1111-4111-8111-111111111111",
      open: "loopback",
      defaultOf: "wazzup24",
      botId: "demo-salon",
      sealedSecrets: [],
      token: "demo-wazzup24-key",
    },
    {
      _id: "demo-whatsapp",
      key: "demo-whatsapp",
      externalId: "100000000000001",
      open: "loopback",
      defaultOf: "whatsapp-cloud",
      botId: "demo-salon",
      sealedSecrets: [],
      token: "demo-whatsapp-token",
    },
  ]);
  const example: unknown = JSON.parse(await readFile("examples/bots/salon.ru.json", "utf8"));
  expect((await world.models.bots.findVersion("demo-salon|1"))?.flow).toEqual(example);
});

test("an example that changed is published again, what people published afterwards stays", async () => {
  const world = await openWorld();
  const { bots } = world.models;
  const now = new Date();
  const bot = { _id: "demo-salon", schemaVersion: 1, tenantId: "demo", name: "Old" } as const;
  await bots.create({ ...bot, updatedAt: now });
  await bots.publish(
    { ...bot, updatedAt: now },
    { nodes: "the example of an earlier release" },
    now,
  );

  const changed = readJson(await world.run(["demo", "--json"]));
  await bots.publish({ ...bot, updatedAt: now }, { nodes: "a person's own" }, now);
  const after = readJson(await world.run(["demo", "--json"]));

  expect(changed).toMatchObject({ bot: { versionId: "demo-salon|2" } });
  expect(after).toMatchObject({ bot: { versionId: "demo-salon|3" } });
});

test("a new ENCRYPTION_KEY seals the demo's tokens anew and keeps what people set", async () => {
  const world = await openWorld();
  await world.run(["demo"]);
  await world.run(["channel", "set", "demo-whatsapp", "--name", "Mine"]);
  world.settings.ENCRYPTION_KEY = "another key of the tests, 32 or more";

  await world.run(["demo"]);

  const channel = await world.models.channels.find("demo-whatsapp");
  const cipher = createCipher(world.settings.ENCRYPTION_KEY, channelSecretsPurpose);
  const owner = { _id: "demo-whatsapp", tenantId: "demo" };
  expect(channel?.name).toBe("Mine");
  expect(openFor(cipher, owner, "token", channel?.sealedToken ?? "")).toBe("demo-whatsapp-token");
});
