import { expect, test } from "vitest";
import type { MediaFile } from "#shared/models/media.ts";
import { openWorld, readJson } from "./open-world.ts";

const file = (_id: string, state: MediaFile["state"]): MediaFile => ({
  _id,
  schemaVersion: 1,
  tenantId: "tenant",
  state,
  from: {
    channelId: "channel",
    conversationId: "conversation",
    messageId: "message",
    chatId: "1",
    media: { url: "https://files.example/1" },
  },
  attempt: 6,
  reason: "it did not come",
  createdAt: new Date(),
  sweepAt: new Date(Date.now() + 86_400_000),
});

test("a file that was given up is due again", async () => {
  const world = await openWorld();
  const { media } = world.models;
  await media.insert(file("lost", "failed"));

  const ran = await world.run(["media", "retry", "lost", "--json"]);

  expect(readJson(ran)).toEqual({ id: "lost", state: "waiting" });
  expect((await media.readDue(new Date(), 10)).map(({ _id }) => _id)).toEqual(["lost"]);
});

test.for<[string, RegExp]>([
  ["stored", /was not given up: it is stored/],
  ["nowhere", /there is no file nowhere/],
])("what was not given up is refused: %s", async ([id, words]) => {
  const world = await openWorld();
  await world.models.media.insert(file("stored", "stored"));

  const ran = await world.run(["media", "retry", id]);

  expect(ran).toMatchObject({ exitCode: 1, err: expect.stringMatching(words) });
});
