import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { createWazzupSimulator } from "#simulators/wazzup24/create-simulator.ts";
import { receiveWebhooks } from "../simulators/receive-webhooks.ts";
import { openWorld, readJson } from "./open-world.ts";

const told = z.looseObject({ id: z.string(), key: z.string() });

async function openAccount(...statuses: number[]) {
  const world = await openWorld();
  const simulator = await createWazzupSimulator();
  const hook = await receiveWebhooks(...statuses);
  onTestFinished(async () => {
    await simulator.close();
    await hook.close();
  });
  Object.assign(world.settings, { WAZZUP24_API_URL: `${simulator.url}/v3` });
  const added = await world.run([
    "channel",
    "add",
    "--json",
    "--provider=wazzup24",
    "--name=Salon",
    "--external-id=11111111-1111-4111-8111-111111111111",
    "--token=demo-wazzup24-key",
    "--secret=hush",
  ]);
  return { world, simulator, hook, channel: told.parse(readJson(added)) };
}

test("the account's webhooks are set to the channel's own address, with what proves them", async () => {
  const { world, simulator, hook, channel } = await openAccount();
  const { origin } = new URL(hook.url);

  const ran = await world.run(["channel", "subscribe", channel.id, "--base-url", origin]);

  const address = `${origin}/api/v1/webhooks/wazzup24/${channel.key}`;
  expect(ran).toMatchObject({ exitCode: 0, out: expect.stringContaining(address) });
  expect(simulator.subscription).toEqual({
    webhooksUri: `${address}?secret=hush`,
    subscriptions: {
      messagesAndStatuses: true,
      contactsAndDealsCreation: false,
      channelsUpdates: true,
      templateStatus: false,
    },
  });
  expect(ran.out + ran.err).not.toContain("hush");
});

test("contacts and deals are asked for where the channel makes them", async () => {
  const { world, simulator, hook, channel } = await openAccount();
  await world.run(["channel", "set", channel.id, "--answer-crm"]);

  await world.run(["channel", "subscribe", channel.id, "--base-url", new URL(hook.url).origin]);

  expect(simulator.subscription.subscriptions.contactsAndDealsCreation).toBe(true);
});

test("an address that does not answer 200 is refused with what to do", async () => {
  const { world, simulator, hook, channel } = await openAccount(401);
  const base = new URL(hook.url).origin;

  const ran = await world.run(["channel", "subscribe", channel.id, "--base-url", base]);

  expect(ran.exitCode).toBe(1);
  expect(ran.err).toMatch(/does not return 200 OK[^]*must be public/);
  expect(simulator.subscription.webhooksUri).toBe("");
});

test("a provider without such a call says where it is set", async () => {
  const world = await openWorld();
  const green = ["--provider", "green-api", "--name", "G", "--external-id", "1", "--json"];
  const { id } = told.parse(readJson(await world.run(["channel", "add", ...green])));

  const ran = await world.run(["channel", "subscribe", id, "--base-url", "https://bot.example"]);

  expect(ran).toMatchObject({ exitCode: 1, err: expect.stringContaining("its own console") });
});
