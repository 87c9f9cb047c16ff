import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { inject, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { conversationIdOf } from "#shared/models/conversations.ts";
import { parseOwnEvent } from "#shared/models/own-entry.ts";
import { openWorld, readJson } from "./open-world.ts";
import { runCli } from "./run-cli.ts";

type World = Awaited<ReturnType<typeof openWorld>>;

const sent = z.looseObject({ id: z.string(), conversationId: z.string() });

async function addChannel(world: World, provider = "green-api"): Promise<string> {
  const flags = ["--provider", provider, "--name", "Salon", "--external-id", "1101", "--json"];
  const ran = await world.run(["channel", "add", ...flags]);
  return z.looseObject({ id: z.string() }).parse(readJson(ran)).id;
}

async function readJournal({ models }: World, conversationId: string) {
  const entries = await models.webhooks.readOpen(conversationId, 10);
  return entries.map(({ raw, arrivedAt, _id, source }) => ({
    id: _id,
    source,
    arrivedAt,
    event: parseOwnEvent(Buffer.from(raw)),
  }));
}

test("a key journals one entry however often it is sent, and wakes the conversation", async () => {
  const world = await openWorld();
  const channel = await addChannel(world);
  const to = ["--channel", channel, "--to", "+7 (999) 000-11-22"];
  const args = ["send", ...to, "--text", "Hello", "--key", "k1", "--json"];

  const first = sent.parse(readJson(await world.run(args)));
  const second = sent.parse(readJson(await world.run(args)));

  const conversationId = conversationIdOf(channel, "79990001122@c.us");
  expect(first).toEqual({ id: `own|${channel}|k1`, conversationId, new: true, woken: true });
  expect(second).toEqual({ ...first, new: false });
  expect(await readJournal(world, conversationId)).toMatchObject([
    {
      id: `own|${channel}|k1`,
      source: "own",
      event: {
        kind: "operator",
        act: "send",
        actId: "k1",
        chatId: "79990001122@c.us",
        command: { type: "text", text: "Hello" },
      },
    },
  ]);
  expect(await countJobs(world)).toBe(1);
});

async function countJobs({ settings }: World): Promise<number> {
  const redis = new Redis(inject("redisUrl"), { maxRetriesPerRequest: null });
  const queue = new Queue("conversations", { connection: redis, prefix: settings.REDIS_PREFIX });
  onTestFinished(async () => {
    await queue.close();
    redis.disconnect();
  });
  return queue.count();
}

test("a key that stands for another message is refused", async () => {
  const world = await openWorld();
  const channel = await addChannel(world);
  const args = ["send", "--channel", channel, "--to", "79990001122", "--key", "k1", "--text"];
  await world.run([...args, "Hello"]);

  const other = await world.run([...args, "Goodbye"]);

  expect(other).toMatchObject({ out: "", exitCode: 1 });
  expect(other.err).toContain('--key: "k1" already stands for another message');
  expect(await readJournal(world, conversationIdOf(channel, "79990001122@c.us"))).toHaveLength(1);
});

test("without a key every send is a message of its own", async () => {
  const world = await openWorld();
  const channel = await addChannel(world, "whatsapp-cloud");
  const args = ["send", "--channel", channel, "--to", "79990001122", "--text", "Hello", "--json"];

  const ids = [await world.run(args), await world.run(args)].map(
    (ran) => sent.parse(readJson(ran)).id,
  );

  expect(new Set(ids).size).toBe(2);
  expect(await readJournal(world, conversationIdOf(channel, "79990001122"))).toHaveLength(2);
});

test("a takeover comes before its message", async () => {
  const world = await openWorld();
  const channel = await addChannel(world);
  const to = ["--channel", channel, "--to", "120363000000000001@g.us"];

  const ran = await world.run([
    "send",
    ...to,
    "--takeover",
    "--key",
    "k",
    "--text",
    "Hi",
    "--json",
  ]);

  const entries = await readJournal(world, sent.parse(readJson(ran)).conversationId);
  const inOrder = entries.toSorted((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime());
  expect(inOrder.map(({ event }) => "act" in event && event.act)).toEqual(["takeover", "send"]);
  expect(new Set(entries.map(({ arrivedAt }) => arrivedAt.getTime())).size).toBe(2);
});

const link = "https://example.com/a";

test.each([
  [
    ["--text", "Which?", "--button", "a=First", "--button", "b=Is 1=1?"],
    {
      type: "buttons",
      text: "Which?",
      buttons: [
        { id: "a", title: "First" },
        { id: "b", title: "Is 1=1?" },
      ],
    },
  ],
  [
    ["--template", "hi", "--language", "ru", "--body-text", "Ann"],
    { type: "template", name: "hi", language: "ru", bodyTexts: ["Ann"] },
  ],
  [["--image", link, "--caption", "Look"], { type: "image", link, caption: "Look" }],
  [["--document", link], { type: "document", link }],
])("%j becomes the command", async (flags, command) => {
  const world = await openWorld();
  const channel = await addChannel(world);

  const ran = await world.run(["send", "--channel", channel, "--to", "7999", ...flags, "--json"]);

  const [entry] = await readJournal(world, sent.parse(readJson(ran)).conversationId);
  expect(entry?.event).toMatchObject({ command });
});

test.each([
  [[], "give exactly one of --text"],
  [["--text", "a", "--image", link], "give exactly one of --text"],
  [["--image", link, "--button", "a=b"], "--button: needs --text"],
  [["--text", "a", "--caption", "b"], "--caption: needs"],
  [["--template", "a"], "--template: needs --language"],
  [["--text", "a", "--language", "ru"], "need --template"],
  [["--text", "a", "--button", "b"], "--button: must look like id=title"],
  [["--image", "file:///etc/passwd"], "--image: must be an http or https URL"],
])("send %j is refused before anything is asked", async (flags, words) => {
  const { err, exitCode } = await runCli(["send", "--channel", "c", "--to", "7", ...flags]);

  expect(exitCode).toBe(2);
  expect(err).toContain(words);
});

test("with Redis away the message is journaled all the same", async () => {
  const world = await openWorld();
  const channel = await addChannel(world);
  world.settings.REDIS_URL = "redis://127.0.0.1:1";

  const ran = await world.run([
    "send",
    "--channel",
    channel,
    "--to",
    "79990001122",
    "--text",
    "Hi",
  ]);

  expect(ran.exitCode).toBe(0);
  expect(ran.out).toContain("Redis did not answer");
  expect(await readJournal(world, conversationIdOf(channel, "79990001122@c.us"))).toHaveLength(1);
});
