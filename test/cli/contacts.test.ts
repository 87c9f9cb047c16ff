import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openWorld, readJson } from "./open-world.ts";
import { runCli } from "./run-cli.ts";

test("contacts go in from a file and out into another; a row's fault has its line", async () => {
  const world = await openWorld();
  await world.models.tenants.upsert({ _id: "salon", schemaVersion: 1, name: "Salon" });
  const folder = await mkdtemp(join(tmpdir(), "contacts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "out.csv");
  const csv = "name,phone,city\nAnna,79000000001,Perm\nBoris,,\n";

  const imported = await world.run(["contacts", "import", "-", "--tenant", "salon", "--json"], csv);
  const exported = await world.run(["contacts", "export", file, "--tenant", "salon"]);
  const printed = await world.run(["contacts", "export", "-", "--tenant", "salon"]);

  expect(readJson(imported)).toMatchObject({
    rows: 2,
    created: 1,
    refused: 1,
    faults: [{ line: 3, message: "id, phone or email: one of them must be there" }],
  });
  const written = await readFile(file, "utf8");
  expect(written.split("\r\n")).toEqual([
    "id,name,phone,username,email,tags,created,updated,city",
    expect.stringMatching(/^file\|[\w-]+,Anna,79000000001,,,,.*,Perm$/),
    "",
  ]);
  expect([exported.out, printed.out]).toEqual([`The contacts are in ${file}.\n`, written]);
});

test("a tenant, a file or an encoding that is not there is told, and what to do", async () => {
  const world = await openWorld();
  await world.models.tenants.upsert({ _id: "salon", schemaVersion: 1, name: "Salon" });
  const run = async (...args: readonly string[]) =>
    (await world.run(["contacts", "import", ...args])).err;

  expect(await run("-")).toContain("--tenant: there is no tenant default");
  expect(await run("absent.csv", "--tenant", "salon")).toContain("could not read absent.csv");
  expect(await run("-", "--encoding", "klingon")).toContain("--encoding: is no encoding");
  const bytes = Buffer.from([0xc8, 0xec, 0xff, 0x3b, 0x70]);
  const given = { env: world.settings, input: bytes };
  const wrong = await runCli(["contacts", "import", "-", "--tenant", "salon"], given);
  expect(wrong).toMatchObject({ exitCode: 1, err: expect.stringContaining("windows-1251") });
});
