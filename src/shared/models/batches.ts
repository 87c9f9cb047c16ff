import mongoose from "mongoose";
import { createBatcher, type Settled } from "#shared/runtime/batcher.ts";
import { isDuplicate, duplicateKey } from "#shared/models/outage.ts";
import { writeTogether } from "#shared/models/write-together.ts";
import type { Collection, Raw } from "#shared/runtime/mongo.ts";

type Filter = mongoose.mongo.Filter<Raw>;
type Update = mongoose.mongo.UpdateFilter<Raw>;

/** One guarded change of one document. */
export interface Change {
  readonly id: string;
  /** What must hold besides `_id`. */
  readonly guard?: Filter;
  readonly update: Update | mongoose.mongo.Document[];
  readonly upsert?: boolean;
  /** A value that only this change writes: told apart by it when a batch's total is short. */
  readonly mark?: { readonly field: string; readonly value: string };
}

/** `created`: the upsert made the document. `missed`: the guard did not hold. */
export type Written = "changed" | "created" | "missed";

const limits = { maxItems: 200, maxBatches: 2 };

/** Reads documents by `_id`; what is asked in the same moment is one `$in`. */
export function createReader<Doc extends { _id: string }>(
  collection: Collection,
  fields?: readonly (keyof Doc & string)[],
): (id: string) => Promise<Doc | undefined> {
  const projection = Object.fromEntries((fields ?? []).map((field) => [field, 1]));
  return createBatcher<string, Doc | undefined>({
    ...limits,
    run: async (ids) => {
      const filter = { _id: { $in: [...new Set(ids)].toSorted() } };
      const found = await collection.find<Doc>(filter, { projection }).toArray();
      const byId = new Map(found.map((document) => [document._id, document]));
      return ids.map((id) => ({ ok: byId.get(id) }));
    },
  });
}

interface KeyAsk {
  readonly key: string;
  readonly limit: number;
}

/**
 * Reads the oldest documents of a key. Many ask in the same moment: one query for all, and where it
 * was cut short each asks again by itself, because a limit across many would starve some.
 */
export function createKeyReader<Doc extends { _id: string }>(
  collection: Collection,
  field: keyof Doc & string,
  keysOf: (document: Doc) => readonly string[],
): (ask: KeyAsk) => Promise<Doc[]> {
  const find = (filter: unknown, limit: number) =>
    collection
      .find<Doc>({ [field]: filter })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  return createBatcher<KeyAsk, Doc[]>({
    maxItems: 100,
    maxBatches: 2,
    run: async (asks) => {
      const limit = Math.max(...asks.map((ask) => ask.limit), asks.length * 4);
      const found = await find({ $in: [...new Set(asks.map(({ key }) => key))] }, limit);
      const isWhole = found.length < limit || asks.length === 1;
      return Promise.all(
        asks.map(async (ask) => {
          if (!isWhole) return { ok: await find(ask.key, ask.limit) };
          return { ok: found.filter((each) => keysOf(each).includes(ask.key)).slice(0, ask.limit) };
        }),
      );
    },
  });
}

/** Inserts documents together. */
export type Insert<Doc> = (document: Doc) => Promise<"created" | "exists">;

/** `exists` when a document with that `_id` is already there. */
export function createInserter<Doc extends { _id: string }>(collection: Collection): Insert<Doc> {
  return createBatcher<Doc, "created" | "exists">({
    ...limits,
    keyOf: ({ _id }) => _id,
    run: (items) =>
      writeTogether<Doc, "created" | "exists">({
        items,
        idOf: ({ _id }) => _id,
        ping: () => collection.findOne({ _id: "" }),
        together: (documents) => insertMany(collection, documents),
        alone: (document) => insertAlone(collection, document),
      }),
  });
}

async function insertMany(
  collection: Collection,
  documents: readonly Raw[],
): Promise<Settled<"created" | "exists">[]> {
  try {
    await collection.insertMany(documents, { ordered: false });
    return documents.map(() => ({ ok: "created" }));
  } catch (error) {
    const faults = faultsByIndex(error);
    return documents.map((_, index) => {
      const fault = faults.get(index);
      if (fault === undefined) return { ok: "created" };
      return fault.code === duplicateKey ? { ok: "exists" } : { fault };
    });
  }
}

async function insertAlone(collection: Collection, document: Raw): Promise<"created" | "exists"> {
  try {
    await collection.insertOne(document);
    return "created";
  } catch (error) {
    if (isDuplicate(error)) return "exists";
    throw error;
  }
}

/** Only a refusal item by item can be taken apart; anything else is the whole command's failure. */
function faultsByIndex(error: unknown): Map<number, mongoose.mongo.WriteError> {
  const { MongoBulkWriteError } = mongoose.mongo;
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
  const faults = error.result.getWriteErrors();
  if (faults.length === 0) throw error;
  return new Map(faults.map((fault) => [fault.index, fault]));
}

/** Applies guarded changes together, one per document and batch. */
export function createWriter(collection: Collection): (change: Change) => Promise<Written> {
  return createBatcher<Change, Written>({
    ...limits,
    keyOf: ({ id }) => id,
    run: (items) =>
      writeTogether<Change, Written>({
        items,
        idOf: ({ id }) => id,
        ping: () => collection.findOne({ _id: "" }),
        together: (changes) => updateMany(collection, changes),
        alone: (change) => updateAlone(collection, change),
      }),
  });
}

async function updateMany(
  collection: Collection,
  changes: readonly Change[],
): Promise<Settled<Written>[]> {
  const { created, faults, matched } = await bulkWrite(collection, changes);
  const isShort = matched + created.size + faults.size < changes.length;
  const marks = isShort ? await readMarks(collection, changes) : undefined;
  return changes.map((change, index) => {
    const fault = faults.get(index);
    if (fault !== undefined) return fault.code === duplicateKey ? { ok: "missed" } : { fault };
    if (created.has(index)) return { ok: "created" };
    return { ok: marks === undefined || marks.has(markOf(change)) ? "changed" : "missed" };
  });
}

async function bulkWrite(collection: Collection, changes: readonly Change[]) {
  const operations = changes.map(({ id, guard, update, upsert }) => ({
    updateOne: { filter: { ...guard, _id: id }, update, upsert: upsert ?? false },
  }));
  const none = new Map<number, mongoose.mongo.WriteError>();
  try {
    const result = await collection.bulkWrite(operations, { ordered: false });
    return { matched: result.matchedCount, created: indexesOf(result.upsertedIds), faults: none };
  } catch (error) {
    const faults = faultsByIndex(error);
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const { result } = error;
    return { matched: result.matchedCount, created: indexesOf(result.upsertedIds), faults };
  }
}

const indexesOf = (ids: Readonly<Record<number, unknown>>): ReadonlySet<number> =>
  new Set(Object.keys(ids).map(Number));

const markOf = ({ id, mark }: Change): string => `${id}\n${mark?.field}\n${mark?.value}`;

/** A batch answers one total: when it is short, the marks tell whose guard held. */
async function readMarks(
  collection: Collection,
  changes: readonly Change[],
): Promise<ReadonlySet<string>> {
  const marked = changes.filter(({ mark }) => mark !== undefined);
  if (marked.length === 0) return new Set();
  const fields = new Set(marked.map(({ mark }) => mark?.field ?? ""));
  const projection = Object.fromEntries([...fields].map((field) => [field, 1]));
  const ids = marked.map(({ id }) => id).toSorted();
  const found = await collection.find<Raw>({ _id: { $in: ids } }, { projection }).toArray();
  return new Set(
    found.flatMap((document) =>
      [...fields].map((field) => `${document._id}\n${field}\n${String(document[field])}`),
    ),
  );
}

async function updateAlone(collection: Collection, change: Change): Promise<Written> {
  const [answer] = await updateMany(collection, [change]);
  if (answer === undefined || "fault" in answer) throw answer?.fault;
  return answer.ok;
}
