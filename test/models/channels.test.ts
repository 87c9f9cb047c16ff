import { afterAll, beforeAll, expect, test } from "vitest";
import { addChannel } from "../support/channels.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const paused = (code: string) => ({ code, reason: "a test", at: new Date() });
const pausedCode = async (id: string) => (await database.models.channels.find(id))?.paused?.code;

test("of several reasons to pause the first stays", async () => {
  const { channels } = database.models;
  await addChannel(channels, { _id: "first" });

  await channels.pause("first", paused("190"));
  await channels.pause("first", paused("131042"));

  expect(await pausedCode("first")).toBe("190");
});

test("the provider's word ends only the pause that its own word began", async () => {
  const { channels } = database.models;
  await addChannel(channels, { _id: "word" });

  await channels.pause("word", paused("401"));
  await channels.hearState("word", "1", { resumed: ["account_state"] });
  const afterResume = await pausedCode("word");
  await channels.hearState("word", "2", { paused: paused("account_state") });
  await channels.hearState("word", "3", { resumed: ["account_state"] });

  expect(afterResume).toBe("401");
  expect(await pausedCode("word")).toBeUndefined();
});

test("of two that become a provider's default, whoever looked before, one does", async () => {
  const { channels } = database.models;
  const defaultOf = "green-api";
  for (const _id of ["one", "other"]) await addChannel(channels, { _id });

  const both = ["one", "other"].map((id) => channels.update(id, { defaultOf }));

  const ended = (await Promise.allSettled(both)).map(({ status }) => status);
  expect(ended.toSorted()).toEqual(["fulfilled", "rejected"]);
});

test("an older word than the last changes nothing", async () => {
  const { channels } = database.models;
  await addChannel(channels, { _id: "older" });

  const answers = [
    await channels.hearState("older", "5", { resumed: ["account_state"] }),
    await channels.hearState("older", "4", { paused: paused("account_state") }),
  ];

  expect(answers).toEqual([true, false]);
  expect(await pausedCode("older")).toBeUndefined();
});
