import { expect, test } from "vitest";
import { z } from "zod";
import { openWorld, readJson } from "./open-world.ts";

const imported = z.looseObject({ id: z.string(), versionId: z.string() });
const asking = (question: string) =>
  JSON.stringify({ nodes: [{ id: "q", type: "question", data: { question, saveAs: "x" } }] });

/** A bot with a version for each question. */
async function openBot(questions: readonly string[]) {
  const world = await openWorld();
  const load = async (question: string, ...more: string[]) =>
    world.run(
      ["bot", "import", "-", "--name", "Asks", "--publish", "--json", ...more],
      asking(question),
    );
  let id = "";
  for (const question of questions) id = imported.parse(readJson(await load(question))).id;
  return { id, load, run: world.run, read: () => world.models.bots.find(id), world };
}

test("a diff names what another version does otherwise", async () => {
  const { id, run } = await openBot(["Name?", "Your name?"]);

  const changed = await run(["bot", "diff", id, "--from", "1", "--to", "2"]);
  const same = await run(["bot", "diff", id, "--to", "2"]);

  expect(changed.out.trim()).toBe("~ node q: data.question");
  expect(same.out.trim()).toBe("They do the same.");
  expect(await run(["bot", "diff", "nobody"])).toMatchObject({ exitCode: 1 });
});

test("a version is tried out, promoted, and an earlier one is released again", async () => {
  const { id, load, run, read } = await openBot(["Name?"]);

  await load("Your name?", "--canary", "10");
  const tried = await read();
  const promoted = await run(["bot", "release", id, "--promote"]);
  const taken = await read();
  await run(["bot", "release", id, "--version", "1"]);
  const back = await read();
  await run(["bot", "release", id, "--version", "2", "--canary", "50"]);
  await run(["bot", "release", id, "--withdraw"]);

  expect(tried).toMatchObject({
    publishedVersionId: `${id}|1`,
    canary: { versionId: `${id}|2`, percent: 10 },
  });
  expect(promoted.out).toContain(`${id}|2`);
  expect(taken).toMatchObject({ publishedVersionId: `${id}|2` });
  expect(taken?.canary).toBe(undefined);
  expect(back).toMatchObject({ publishedVersionId: `${id}|1` });
  expect((await read())?.canary).toBe(undefined);
  expect(await run(["bot", "release", id, "--promote"])).toMatchObject({ exitCode: 1 });
});

test("sessions move where --move says, and only to a node that waits", async () => {
  const { id, load, world } = await openBot(["Name?"]);

  const wrong = await load("Your name?", "--move", "old=nowhere");
  const right = await load("Your name?", "--move", "old=q");

  expect(wrong.exitCode).not.toBe(0);
  expect(wrong.err).toContain("nowhere");
  expect(right.exitCode).toBe(0);
  expect(await world.models.bots.findVersion(`${id}|2`)).toMatchObject({
    moves: [{ from: "old", to: "q" }],
  });
});
