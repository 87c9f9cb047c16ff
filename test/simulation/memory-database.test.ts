import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "../support/database.ts";
import type { Collection } from "../../src/shared/runtime/mongo.ts";
import { toDriver } from "./database/driver.ts";
import { plainWire } from "./database/plain-wire.ts";
import { createTable } from "./database/table.ts";

let real: TestDatabase;

beforeAll(async () => {
  real = await startTestDatabase();
});
afterAll(() => real.stop());

const id = fc.constantFrom("a", "b", "c");
const number = fc.integer({ min: 0, max: 4 });
const date = number.map((n) => new Date(1_800_000_000_000 + n));
const key = fc.constantFrom("k1", "k2", "k3#statuses");
const keys = fc.uniqueArray(key, { maxLength: 3 });
const state = fc.constantFrom("queued", "sending", "unknown", "sent", "held");
const text = fc.constantFrom("x", "y");

const document = fc.record(
  { _id: id, version: number, state, pending: keys, sweepAt: date, rank: number, open: key },
  { requiredKeys: ["_id"] },
);

const moved = fc.tuple(text, key).map(([peer, to]) => ({ peer, to }));

const upsertGuard = fc.oneof(
  fc.constant({}),
  fc.record({ version: number }),
  fc.record({ "versions.v1": fc.record({ $not: fc.record({ $gte: number }) }) }),
);

/** Every shape of filter that the models use. */
const guard = fc.oneof(
  upsertGuard,
  fc.record({ state, attempt: number }),
  fc.record({ state: fc.record({ $in: fc.array(state, { maxLength: 2 }) }), attempt: number }),
  fc.record({ state: fc.record({ $nin: fc.array(state, { maxLength: 2 }) }) }),
  fc.record({ sweepAt: fc.record({ $exists: fc.boolean() }) }),
  fc.record({ sweepAt: fc.record({ $lte: date }) }),
  fc.record({ claimedAt: fc.record({ $gte: date }) }),
  fc.record({ pending: fc.oneof(key, fc.record({ $in: keys })) }),
  fc.record({ open: key, state, version: fc.record({ $lte: number }) }),
  fc.record({ missing: fc.constant(null) }),
);

/** Every shape of update that the models use. */
const update = fc.oneof(
  fc.record({ $set: fc.record({ version: number, commit: text, wakeAt: date }) }),
  fc.record({ $set: fc.record({ state, last: fc.record({ _id: text, at: date }) }) }),
  fc.record({
    $set: fc.record({ state }),
    $unset: fc.record({ open: fc.constant(""), sweepAt: fc.constant("") }),
  }),
  fc.record({ $max: fc.oneof(fc.record({ rank: number }), fc.record({ sweepAt: date })) }),
  fc.record({ $set: fc.record({ "versions.v1": number, "fields.name": text }) }),
  fc.record({
    $set: fc.record({ lastAt: date }),
    $setOnInsert: fc.record({ firstAt: date }),
    $inc: fc.record({ count: fc.constant(1) }),
  }),
  fc.record({
    $addToSet: fc.record({
      pending: fc.record({ $each: fc.uniqueArray(key, { minLength: 1 }) }),
      moved: fc.record({ $each: fc.array(moved, { minLength: 1, maxLength: 2 }) }),
    }),
    $set: fc.record({ sweepAt: date }),
    $unset: fc.record({ expiresAt: fc.constant("") }),
  }),
  fc.tuple(key, date).map(([done, at]) => closing(done, at)),
  fc.tuple(keys, key, date).map(([given, taken, at]) => tagging(given, taken, at)),
  fc.record({ a: number, b: number }).map((values) => picking(values)),
);

/** As a journal entry is closed for one key. */
function closing(done: string, expiresAt: Date) {
  const isOpen = { $ne: ["$pending", []] };
  return [
    { $set: { pending: { $setDifference: [{ $ifNull: ["$pending", []] }, [done]] } } },
    {
      $set: {
        expiresAt: { $cond: [isOpen, "$expiresAt", expiresAt] },
        sweepAt: { $cond: [isOpen, "$sweepAt", "$$REMOVE"] },
      },
    },
  ];
}

/** As a contact gets some tags and loses others. */
function tagging(given: readonly string[], taken: string, at: Date) {
  const kept = { $setDifference: [{ $ifNull: ["$tags", []] }, { $literal: [...given, taken] }] };
  return [
    {
      $set: {
        "fields.name": { $literal: "$name" },
        createdAt: { $ifNull: ["$createdAt", at] },
        tags: { $concatArrays: [kept, { $literal: given }] },
      },
    },
  ];
}

/** One update of many documents, each with the value that its `_id` picks. */
function picking({ a, b }: { readonly a: number; readonly b: number }) {
  const place = { $indexOfArray: [["a", "b"], "$_id"] };
  return [{ $set: { version: { $arrayElemAt: [[a, b], place] }, commit: "picked" } }];
}

/** A field below a text: the server refuses it. */
const refused = fc.record({ $set: fc.record({ "state.sub": number }) });

const change = fc.oneof(
  fc.record({ id, guard, update, upsert: fc.constant(false) }),
  fc.record({ id, guard: upsertGuard, update, upsert: fc.constant(true) }),
  fc.record({ id, guard, update: refused, upsert: fc.constant(false) }),
);
const changes = fc.uniqueArray(change, { maxLength: 3, selector: (each) => each.id });

const operation = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), document }),
  fc.record({
    kind: fc.constant("insertMany" as const),
    documents: fc.array(document, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant("bulk" as const), changes }),
  fc.record({ kind: fc.constant("updateMany" as const), guard, update }),
  fc.record({ kind: fc.constant("find" as const), guard, limit: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant("findOne" as const), guard }),
);
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

type Of<Kind> = Extract<Operation, { kind: Kind }>;

/** What a command answers, in words that both servers share. */
const answers: {
  readonly [Kind in Operation["kind"]]: (collection: Collection, of: Of<Kind>) => Promise<unknown>;
} = {
  insert: (collection, { document: each }) =>
    collection.insertOne(each).then(() => "created", toCodes),
  insertMany: (collection, { documents }) =>
    collection.insertMany(documents, { ordered: false }).then(() => "created", toCodes),
  bulk: (collection, { changes: each }) =>
    each.length === 0
      ? Promise.resolve("nothing")
      : collection.bulkWrite(each.map(toUpdateOne), { ordered: false }).then(
          ({ matchedCount, upsertedIds }) => ({
            matchedCount,
            created: Object.keys(upsertedIds),
          }),
          toCodes,
        ),
  updateMany: (collection, of) =>
    collection.updateMany(of.guard, of.update).then(
      ({ matchedCount }) => ({ matchedCount }),
      () => "refused",
    ),
  find: (collection, of) => collection.find(of.guard).sort({ _id: 1 }).limit(of.limit).toArray(),
  findOne: (collection, of) =>
    collection.findOne({ _id: "a", ...of.guard }, { projection: { version: 1 } }),
};

function run(collection: Collection, of: Operation): Promise<unknown> {
  if (of.kind === "insert") return answers.insert(collection, of);
  if (of.kind === "insertMany") return answers.insertMany(collection, of);
  if (of.kind === "bulk") return answers.bulk(collection, of);
  if (of.kind === "updateMany") return answers.updateMany(collection, of);
  return of.kind === "find" ? answers.find(collection, of) : answers.findOne(collection, of);
}

const toUpdateOne = (each: { id: string; guard: object; update: object; upsert: boolean }) => ({
  updateOne: { filter: { ...each.guard, _id: each.id }, update: each.update, upsert: each.upsert },
});

/** Which operations were refused and why: duplicates by their code, all else as refused. */
function toCodes(error: unknown): unknown {
  if (!(error instanceof Error)) throw error;
  const codes =
    "result" in error && hasWriteErrors(error.result)
      ? error.result.getWriteErrors().map(({ index, code }) => `${index} ${word(code)}`)
      : ["code" in error ? word(error.code) : error.message];
  return codes;
}

const word = (code: unknown): string => (code === 11_000 ? "duplicate" : "refused");

const hasWriteErrors = (
  result: unknown,
): result is { getWriteErrors: () => { index: number; code: unknown }[] } =>
  typeof result === "object" && result !== null && "getWriteErrors" in result;

const all = (collection: Collection) => collection.find({}).sort({ _id: 1 }).toArray();

test("the in-memory database answers and holds what the real one does", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
      runs += 1;
      const theirs = real.collection(`differential_${runs}`);
      const ours = toDriver("ours", createTable(), plainWire);
      for (const each of operations)
        expect([each, await run(ours, each)]).toEqual([each, await run(theirs, each)]);
      expect(await all(ours)).toEqual(await all(theirs));
      await theirs.drop().catch(() => undefined);
    }),
    { numRuns: Number(process.env["DIFFERENTIAL_RUNS"] ?? 40) },
  );
});
