import { expect, test } from "vitest";
import { z } from "zod";
import { listRoutes } from "../../src/api/webhooks/routes.ts";
import { channelSecretsPurpose, openFor } from "#shared/models/channel-secrets.ts";
import { createCipher } from "#shared/runtime/cipher.ts";
import { encryptionKey, openWorld, readJson } from "./open-world.ts";

const told = z.looseObject({ id: z.string(), key: z.string(), webhookPaths: z.array(z.string()) });
const green = ["--provider", "green-api", "--name", "Salon", "--external-id", "1101"];
const addGreen = ["channel", "add", ...green, "--json"];

test("a channel is added, changed and listed, and its secrets are on no screen and in no document", async () => {
  const world = await openWorld();
  const secrets = ["--secret", "hush-one", "--secret", "hush-two"];

  const added = await world.run([...addGreen, "--token-stdin", ...secrets], "hush-token\n");
  const { id, key } = told.parse(readJson(added));
  const set = await world.run(["channel", "set", id, "--secret", "hush-three", "--inactive"]);
  const listed = await world.run(["channel", "list", "--json"]);
  const read = await world.run(["channel", "list"]);

  expect(key).toMatch(/^[\w-]{24}$/);
  expect(readJson(listed)).toEqual([
    {
      id,
      tenant: "default",
      provider: "green-api",
      name: "Salon",
      externalId: "1101",
      key,
      active: false,
      token: "set",
      secrets: "set",
      default: false,
      unknownPolicy: "evidence",
      webhookPaths: [`/api/v1/webhooks/green-api/${key}`, "/webhook"],
    },
  ]);
  const screens = [added, set, listed, read].flatMap(({ out, err }) => [out, err]).join("\n");
  expect(screens + (await world.dump())).not.toContain("hush");
  const stored = await world.models.channels.find(id);
  const cipher = createCipher(encryptionKey, channelSecretsPurpose);
  const owner = { _id: id, tenantId: "default" };
  expect(openFor(cipher, owner, "token", stored?.sealedToken ?? "")).toBe("hush-token");
  expect(stored?.sealedSecrets.map((sealed) => openFor(cipher, owner, "secret", sealed))).toEqual([
    "hush-three",
  ]);
});

test("every setting can be set and taken away again", async () => {
  const world = await openWorld();
  const all = {
    open: "loopback",
    "allow-from": "10.0.0.0/8,192.0.2.1",
    "api-url": "https://api.example.com",
    "hold-ms": "250",
    "per-second": "5",
    "pair-interval-ms": "0",
    "pair-burst": "3",
    "unknown-policy": "hold",
    "window-template": "hello",
    "window-language": "ru",
  };
  const flags = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);

  const added = await world.run([...addGreen, ...flags, "--default", "--key", "our-key"]);
  const { id } = told.parse(readJson(added));
  await world.models.channels.update(id, {
    paused: { code: "401", reason: "the token was refused", at: new Date() },
  });
  const none = [
    "open",
    "allow-from",
    "api-url",
    "hold-ms",
    "per-second",
    "pair-interval-ms",
    "pair-burst",
    "window-template",
  ];
  const back = ["--unknown-policy", "evidence", "--no-default", "--resume", "--clear-secrets"];
  const nothing = none.flatMap((name) => [`--${name}`, "none"]);
  const renamed = ["--name", "New", "--external-id", "1102", "--json"];
  const cleared = await world.run(["channel", "set", id, ...renamed, ...nothing, ...back]);

  expect(readJson(added)).toMatchObject({
    key: "our-key",
    open: "loopback",
    default: true,
    allowFrom: ["10.0.0.0/8", "192.0.2.1"],
    apiUrl: "https://api.example.com",
    holdMs: 250,
    perSecond: 5,
    pairIntervalMs: 0,
    pairBurst: 3,
    unknownPolicy: "hold",
    windowTemplate: { name: "hello", language: "ru" },
    secrets: "not set",
  });
  expect(readJson(cleared)).toEqual({
    id,
    tenant: "default",
    provider: "green-api",
    name: "New",
    externalId: "1102",
    key: "our-key",
    active: true,
    token: "not set",
    secrets: "not set",
    default: false,
    unknownPolicy: "evidence",
    webhookPaths: ["/api/v1/webhooks/green-api/our-key", "/webhook"],
  });
});

test("a key, an account and a default belong to one channel alone", async () => {
  const world = await openWorld();
  const first = ["--key", "our-key", "--default"];
  const { id } = told.parse(readJson(await world.run([...addGreen, ...first])));
  const other = ["channel", "add", "--provider", "green-api", "--name", "B", "--external-id"];

  const sameAccount = await world.run([...other, "1101"]);
  const sameKey = await world.run([...other, "1102", "--key", "our-key"]);
  const sameDefault = await world.run([...other, "1102", "--default"]);

  expect([sameAccount, sameKey, sameDefault].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  expect(sameAccount.err).toContain(
    `--external-id: green-api account 1101 is already channel ${id}`,
  );
  expect(sameKey.err).toContain(`--key: "our-key" is already the key of channel ${id}`);
  expect(sameDefault.err).toContain(`--default: channel ${id} is already the default`);
  expect(await world.models.channels.list()).toHaveLength(1);
});

test.each([
  [["--hold-ms", "soon"], 2, "--hold-ms: must be a whole number"],
  [["--open", "wide"], 2, "--open:"],
  [["--allow-from", "10.0.0.0/8,here"], 2, '--allow-from: "here" is no IP address'],
  [["--key", "a/b"], 2, "--key: takes 3 to 64"],
  [["--secret", ""], 2, "--secret: must not be empty"],
  [["--window-template", "hello"], 2, "--window-template and --window-language"],
  [["--token", "a", "--token-stdin"], 2, "--token and --token-stdin"],
  [["--token-stdin"], 2, "--token-stdin: nothing came"],
  [["--bot", "nobody"], 1, "--bot: tenant default has no bot nobody"],
  [["--api-url", "http://127.0.0.1:9"], 1, "--api-url: http://127.0.0.1:9 is refused"],
  [["--api-url", "http://example.com"], 1, "it must be https"],
  [["--api-url", "https://10.0.0.1"], 1, "not a public one"],
])("channel add %j ends with %i and names the flag", async (flags, exitCode, words) => {
  const world = await openWorld();

  const ran = await world.run([...addGreen, ...flags]);

  expect(ran).toMatchObject({ out: "", exitCode });
  expect(ran.err).toContain(words);
});

test("the provider-wide address on this machine may be named, for the simulators", async () => {
  const world = await openWorld();
  const { GREEN_API_URL } = { GREEN_API_URL: "http://127.0.0.1:4020" };
  Object.assign(world.settings, { GREEN_API_URL });

  const ran = await world.run([...addGreen, "--api-url", GREEN_API_URL]);

  expect(readJson(ran)).toMatchObject({ apiUrl: GREEN_API_URL });
});

test("channel set says when there is nothing to change and no such channel", async () => {
  const world = await openWorld();
  const { id } = told.parse(readJson(await world.run(addGreen)));

  const nothing = await world.run(["channel", "set", id]);
  const nobody = await world.run(["channel", "set", "nobody", "--active"]);

  expect([nothing.exitCode, nobody.exitCode]).toEqual([2, 1]);
  expect(nothing.err).toContain("nothing to change");
  expect(nobody.err).toContain("there is no channel nobody");
});

test("the printed webhook addresses are ones that the API serves", async () => {
  const world = await openWorld();
  const whatsapp = ["--provider", "whatsapp-cloud", "--name", "W", "--external-id", "100"];
  const ran = [
    await world.run(addGreen),
    await world.run(["channel", "add", ...whatsapp, "--json"]),
  ];

  const served = new Set(listRoutes().map(({ path }) => path));
  for (const each of ran) {
    const { key, webhookPaths } = told.parse(readJson(each));
    const patterns = webhookPaths.map((path) => path.replace(key, ":channelKey"));
    expect(patterns.filter((path) => !served.has(path))).toEqual([]);
  }
});

test("without settings every missing one is named", async () => {
  const world = await openWorld();
  for (const name of ["MONGODB_URI", "REDIS_URL", "ENCRYPTION_KEY"] as const)
    world.settings[name] = "";

  const { err, exitCode } = await world.run(["channel", "list"]);

  expect(exitCode).toBe(1);
  for (const name of ["MONGODB_URI", "REDIS_URL", "ENCRYPTION_KEY"]) expect(err).toContain(name);
});
