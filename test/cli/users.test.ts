import { expect, test } from "vitest";
import { z } from "zod";
import { provesPassword } from "#shared/runtime/password.ts";
import { channelSecretsPurpose, openFor } from "#shared/models/channel-secrets.ts";
import { createCipher } from "#shared/runtime/cipher.ts";
import { openWorld, readJson } from "./open-world.ts";
import { runCli } from "./run-cli.ts";

const added = z.object({ id: z.string(), password: z.string() });

test("a person is added with a password that is printed once, found and given a number", async () => {
  const world = await openWorld();
  const flags = ["--role", "owner", "--email", "Owner@Example.com", "--tenant", "salon", "--json"];

  const { id, password } = added.parse(readJson(await world.run(["users", "add", ...flags])));
  const twice = await world.run(["users", "add", ...flags]);
  const phoned = await world.run(["users", "set-phone", "owner@example.com", "996 550 000-000"]);
  const listed = readJson(await world.run(["users", "list", "--tenant", "salon", "--json"]));

  const user = await world.models.users.find("salon", id);
  expect(await provesPassword(password, user?.passwordHash)).toBe(true);
  expect(twice).toMatchObject({ exitCode: 1, err: expect.stringContaining("is a user already") });
  expect(phoned.exitCode).toBe(0);
  expect(listed).toEqual([
    {
      id,
      tenant: "salon",
      role: "owner",
      name: "owner@example.com",
      email: "owner@example.com",
      phone: "+996550000000",
      active: true,
    },
  ]);
});

test("a client needs a number only, anybody else an address", async () => {
  const world = await openWorld();

  const client = await world.run(["users", "add", "--role", "client", "--phone", "+79001234567"]);
  const viewer = await world.run(["users", "add", "--role", "viewer", "--phone", "+79001234568"]);

  expect(client.exitCode).toBe(0);
  expect(client.out).not.toContain("Password");
  expect(viewer).toMatchObject({ exitCode: 2, err: expect.stringContaining("--email") });
});

test("after a change of the key everything is sealed anew, and the old key can go", async () => {
  const world = await openWorld();
  const before = world.settings.ENCRYPTION_KEY;
  const flags = ["--provider", "green-api", "--name", "Salon", "--external-id", "1101"];
  const secrets = ["--token", "the token", "--secret", "the secret"];
  await world.run(["channel", "add", ...flags, ...secrets]);
  world.settings.ENCRYPTION_KEY = "the next key of the tests, longer";

  const without = await world.run(["keys", "re-encrypt"]);
  Object.assign(world.settings, { ENCRYPTION_KEYS_OLD: before.replaceAll(",", "\\,") });
  const first = readJson(await world.run(["keys", "re-encrypt", "--json"]));
  const second = readJson(await world.run(["keys", "re-encrypt", "--json"]));

  const [channel] = await world.models.channels.list();
  if (channel === undefined) throw new Error("the channel is gone");
  const cipher = createCipher(world.settings.ENCRYPTION_KEY, channelSecretsPurpose);
  expect(without).toMatchObject({ exitCode: 1, err: expect.stringContaining("KEYS_OLD") });
  expect(first).toEqual({ sealed: 1, kept: 0, failed: [] });
  expect(second).toEqual({ sealed: 0, kept: 1, failed: [] });
  expect(openFor(cipher, channel, "token", channel.sealedToken ?? "")).toBe("the token");
  expect(openFor(cipher, channel, "secret", channel.sealedSecrets[0] ?? "")).toBe("the secret");
});

test("the API's document is printed without settings or a server", async () => {
  const ran = await runCli(["openapi", "--json"]);

  expect(readJson(ran)).toMatchObject({ openapi: "3.1.1", paths: { "/api/v1/channels": {} } });
});
