import { expect, test } from "vitest";
import { z } from "zod";
import { openWorld, readJson } from "./open-world.ts";

const added = z.object({ id: z.string(), key: z.string() });

test("a key is printed once, listed without its secret, and revoked in its own tenant only", async () => {
  const world = await openWorld();
  const flags = ["--name", "CRM", "--scopes", "contacts:read,bots:read", "--tenant", "salon"];

  const { id, key } = added.parse(
    readJson(await world.run(["api-keys", "add", ...flags, "--json"])),
  );
  const listed = await world.run(["api-keys", "list", "--tenant", "salon", "--json"]);
  const foreign = await world.run(["api-keys", "revoke", id]);
  const revoked = await world.run(["api-keys", "revoke", id, "--tenant", "salon"]);

  expect(key.startsWith(`sb_${id}.`)).toBe(true);
  expect(readJson(listed)).toMatchObject([
    { id, name: "CRM", scopes: ["contacts:read", "bots:read"] },
  ]);
  expect(listed.out).not.toContain(key.slice(key.indexOf(".") + 1));
  expect(foreign.exitCode).toBe(1);
  expect(revoked.exitCode).toBe(0);
  expect(await world.models.apiKeys.findById(id)).toBeNull();
});

test("a key cannot make people or further keys", async () => {
  const world = await openWorld();

  const refused = await world.run(["api-keys", "add", "--name", "x", "--scopes", "users:write"]);

  expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining("--scopes") });
});
