import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createInserter,
  createKeyReader,
  createReader,
  createWriter,
} from "../../src/shared/models/batches.ts";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";

interface Doc {
  readonly _id: string;
  readonly [field: string]: unknown;
}

let database: TestDatabase;

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const ids = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, "0")}`);

/** Each outcome in a word. */
const settle = async (works: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map((each) =>
    each.status === "fulfilled" ? String(each.value) : "failed",
  );

test("what is inserted in the same moment travels in few commands", async () => {
  const insert = createInserter<Doc>(database.collection("together"));
  database.commands.length = 0;

  await Promise.all(ids("a", 200).map((_id) => insert({ _id })));

  expect(database.commands.filter((name) => name === "insert")).toHaveLength(1);
  expect(await database.collection("together").countDocuments()).toBe(200);
});

test("only a document that is there already exists, its neighbours are created", async () => {
  const insert = createInserter<Doc>(database.collection("exists"));
  await insert({ _id: "b" });

  const answers = await settle(["c", "b", "a", "b"].map((_id) => insert({ _id })));

  expect(answers).toEqual(["created", "exists", "created", "exists"]);
});

test.for([
  ["a NUL in a key", { "a\0b": 1 }],
  ["more than 16 MB", { text: "x".repeat(16_900_000) }],
] as const)("a document with %s fails alone", async ([what, bad]) => {
  const insert = createInserter<Doc>(database.collection("bad"));

  const answers = await settle([
    insert({ _id: `${what} 1` }),
    insert({ _id: `${what} 2`, ...bad }),
    insert({ _id: `${what} 3` }),
  ]);

  expect(answers).toEqual(["created", "failed", "created"]);
});

test("a change that the server refuses fails alone", async () => {
  const collection = database.collection("refused");
  await collection.insertMany([{ _id: "a" }, { _id: "b", at: "a text" }, { _id: "c" }]);
  const write = createWriter(collection);

  const answers = await settle(
    ["a", "b", "c"].map((id) => write({ id, update: { $set: { "at.sub": 1 } } })),
  );

  expect(answers).toEqual(["changed", "failed", "changed"]);
});

test("a unique key of another document is no outage, and no reason to fail", async () => {
  const write = createWriter(database.collection("upserts"));
  await write({ id: "a", update: { $set: { n: 1 } }, upsert: true });

  const answers = await settle([
    write({ id: "a", guard: { n: 5 }, update: { $set: { n: 2 } }, upsert: true }),
    write({ id: "b", update: { $set: { n: 2 } }, upsert: true }),
  ]);

  expect(answers).toEqual(["missed", "created"]);
});

test("when a batch's total is short, the marks tell whose guard held", async () => {
  const collection = database.collection("marks");
  const all = ids("", 50);
  await collection.insertMany(all.map((_id, index) => ({ _id, version: index % 3 })));
  const write = createWriter(collection);

  const answers = await Promise.all(
    all.map((id) =>
      write({
        id,
        guard: { version: 0 },
        update: { $set: { version: 1, commit: `mine ${id}` } },
        mark: { field: "commit", value: `mine ${id}` },
      }),
    ),
  );

  expect(answers).toEqual(all.map((_, index) => (index % 3 === 0 ? "changed" : "missed")));
});

test("of 64 who change one version, one wins and knows it", async () => {
  const collection = database.collection("race");
  await collection.insertOne({ _id: "a", version: 0 });

  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      createWriter(collection)({
        id: "a",
        guard: { version: 0 },
        update: { $set: { version: 1, commit: `${index}` } },
        mark: { field: "commit", value: `${index}` },
      }),
    ),
  );

  const [stored] = await collection.find<Doc>({ _id: "a" }).toArray();
  expect(answers.filter((answer) => answer === "changed")).toHaveLength(1);
  expect(answers[Number(stored?.["commit"])]).toBe("changed");
});

test("batches in opposite order do not stall", async () => {
  const collection = database.collection("opposite");
  const all = ids("", 50);
  await collection.insertMany(all.map((_id) => ({ _id, n: 0 })));
  const writers = [createWriter(collection), createWriter(collection)];
  const rounds = 20;

  const startedAt = performance.now();
  for (let round = 0; round < rounds; round += 1)
    await Promise.all(
      writers.flatMap((write, side) =>
        (side === 0 ? all : all.toReversed()).map((id) =>
          write({ id, update: { $inc: { n: 1 } } }),
        ),
      ),
    );

  expect(performance.now() - startedAt).toBeLessThan(15_000);
  const counts = new Set((await collection.find<Doc>({}).toArray()).map(({ n }) => n));
  expect([...counts]).toEqual([rounds * writers.length]);
});

test("two changes of one document in one moment are all made", async () => {
  const collection = database.collection("twice");
  await collection.insertOne({ _id: "a", words: [] });
  const write = createWriter(collection);

  await Promise.all(
    ["1", "2", "3"].map((word) =>
      write({ id: "a", update: { $set: { [`w${word}`]: word, last: word } } }),
    ),
  );

  const [stored] = await collection.find<Doc>({ _id: "a" }).toArray();
  expect(stored).toMatchObject({ w1: "1", w2: "2", w3: "3" });
});

test("each asks for its own document and finds it, or nothing", async () => {
  const collection = database.collection("reads");
  await collection.insertMany(ids("r", 300).map((_id, n) => ({ _id, n })));
  const read = createReader<Doc>(collection);

  const found = await Promise.all([...ids("r", 300), "nobody"].map((id) => read(id)));

  expect(found.map((document) => document?.["n"])).toEqual([...ids("r", 300).keys(), undefined]);
});

test("a key with a long backlog starves no other that is asked for in the same moment", async () => {
  const collection = database.collection("backlog");
  const backlog = ids("a", 900).map((_id) => ({ _id, keys: ["long"] }));
  await collection.insertMany([...backlog, { _id: "b1", keys: ["short"] }]);
  const read = createKeyReader<{ _id: string; keys: string[] }>(
    collection,
    "keys",
    ({ keys }) => keys,
  );

  const [long, short, none] = await Promise.all(
    ["long", "short", "none"].map((key) => read({ key, limit: 50 })),
  );

  expect(long?.map(({ _id }) => _id)).toEqual(ids("a", 50));
  expect(short?.map(({ _id }) => _id)).toEqual(["b1"]);
  expect(none).toEqual([]);
});
