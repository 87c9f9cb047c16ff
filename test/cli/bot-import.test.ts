import { expect, test } from "vitest";
import { z } from "zod";
import { openWorld, readJson } from "./open-world.ts";

const imported = z.looseObject({ id: z.string(), versionId: z.string() });
const echo = "examples/bots/echo.json";
const flowSaying = (message: string) =>
  JSON.stringify({ nodes: [{ id: "hi", type: "welcome", data: { message } }], edges: [] });
const readImported = (ran: Parameters<typeof readJson>[0]) => imported.parse(readJson(ran));
const salonChannel = ["--provider", "green-api", "--name", "Salon", "--external-id", "1101"];
const addChannel = ["channel", "add", ...salonChannel, "--tenant", "salon", "--json"];

test("a broken flow is refused with every fault on a line that names its node", async () => {
  const world = await openWorld();
  const flow = JSON.stringify({
    nodes: [
      { id: "first", type: "welcome", data: {} },
      { id: "second", type: "teleport" },
    ],
  });

  const ran = await world.run(["bot", "import", "-", "--name", "B", "--publish"], flow);

  expect(ran).toMatchObject({ out: "", exitCode: 1 });
  const faults = ran.err.split("\n").filter((line) => line.startsWith("  "));
  expect(faults.some((line) => line.includes('node "first"'))).toBe(true);
  expect(faults.some((line) => line.includes('node "second"'))).toBe(true);
  expect(await world.models.bots.list()).toEqual([]);
});

test("a published flow answers on the channel, in the channel's tenant", async () => {
  const world = await openWorld();
  const { id: channelId } = z
    .looseObject({ id: z.string() })
    .parse(readJson(await world.run(addChannel)));

  const args = ["bot", "import", echo, "--channel", channelId, "--publish", "--json"];
  const bot = readImported(await world.run(args));

  expect(bot).toMatchObject({ name: "echo", tenant: "salon", channel: channelId });
  expect(await world.models.channels.find(channelId)).toMatchObject({ botId: bot.id });
  expect(await world.models.bots.find(bot.id)).toMatchObject({ publishedVersionId: bot.versionId });
});

test("the same name is the bot's next version, and the same flow no new one", async () => {
  const world = await openWorld();
  const args = ["bot", "import", "-", "--name", "Greeter", "--publish", "--json"];

  const first = readImported(await world.run(args, flowSaying("Hello")));
  const same = readImported(await world.run(args, flowSaying("Hello")));
  const next = readImported(await world.run([...args, "--id", first.id], flowSaying("Good day")));

  expect(same).toEqual(first);
  expect(next.id).toBe(first.id);
  expect([first.versionId, next.versionId]).toEqual([`${first.id}|1`, `${first.id}|2`]);
  expect(await world.models.bots.list()).toHaveLength(1);
});

test("without --publish the file is only checked", async () => {
  const world = await openWorld();

  const checked = await world.run(["bot", "import", echo, "--json"]);
  const attached = await world.run(["bot", "import", echo, "--channel", "c"]);

  expect(readJson(checked)).toEqual({ valid: true });
  expect(attached.exitCode).toBe(2);
  expect(attached.err).toContain("--channel: needs --publish");
  expect(await world.models.bots.list()).toEqual([]);
});

test("what was published comes out as it went in, by version", async () => {
  const world = await openWorld();
  const args = ["bot", "import", "-", "--name", "Greeter", "--publish", "--json"];
  const { id } = readImported(await world.run(args, flowSaying("Hello")));
  await world.run(args, flowSaying("Good day"));

  const newest = await world.run(["bot", "export", id, "--json"]);
  const first = await world.run(["bot", "export", id, "--version", "1"]);
  const missing = await world.run(["bot", "export", id, "--version", "3"]);
  const unknown = await world.run(["bot", "export", "nobody"]);

  expect(readJson(newest)).toEqual(JSON.parse(flowSaying("Good day")));
  expect(readJson(first)).toEqual(JSON.parse(flowSaying("Hello")));
  expect(missing).toMatchObject({ out: "", exitCode: 1 });
  expect(missing.err).toContain(`bot ${id} has no version 3`);
  expect(unknown.err).toContain("there is no bot nobody");
});
