import { applyUpdate } from "./apply-update.ts";
import { isOperators, matches } from "./matches.ts";
import { Refusal } from "./refusal.ts";
import { compare, isPlain, valueAt, type Doc } from "./values.ts";

export const duplicateKey = 11_000;

export interface Look {
  readonly sort?: Readonly<Record<string, unknown>> | undefined;
  readonly limit?: number | undefined;
  readonly projection?: Readonly<Record<string, unknown>> | undefined;
}

export interface Update {
  readonly filter: Doc;
  readonly update: unknown;
  readonly upsert: boolean;
}

/** `undefined`: the filter met nothing. */
export type Updated = "changed" | "created" | undefined;

/** Told of every document that was written, with what stood there before. */
export type OnWrite = (next: Doc, before: Doc | undefined) => void;

export type Table = ReturnType<typeof createTable>;

/** One collection's documents, changed at once and one document at a time. */
export function createTable(onWrite: OnWrite = () => undefined) {
  const documents = new Map<unknown, Doc>();
  const put = (next: Doc, before: Doc | undefined): void => {
    documents.set(next["_id"], next);
    onWrite(next, before);
  };
  const filtered = (filter: Doc): readonly Doc[] =>
    candidates(documents, filter).filter((document) => matches(document, filter));
  return {
    documents,
    find: (filter: Doc, { sort, limit, projection }: Look = {}): readonly Doc[] => {
      const found = sorted(filtered(filter), sort).slice(0, limit);
      return projection === undefined ? found : found.map((each) => project(each, projection));
    },
    insert: (document: Doc): void => {
      if (documents.has(document["_id"])) throw new Refusal(duplicateKey, "the _id is there");
      put(document, undefined);
    },
    updateOne: ({ filter, update, upsert }: Update): Updated => {
      const [before] = filtered(filter);
      if (before !== undefined) {
        put(applyUpdate(before, update, false), before);
        return "changed";
      }
      if (!upsert) return undefined;
      const next = applyUpdate(equalities(filter), update, true);
      if (documents.has(next["_id"])) throw new Refusal(duplicateKey, "the _id is there");
      put(next, undefined);
      return "created";
    },
    updateMany: (filter: Doc, update: unknown): number => {
      const found = filtered(filter);
      for (const before of found) put(applyUpdate(before, update, false), before);
      return found.length;
    },
  };
}

/** By `_id` where the filter names it: the rest of the filter is checked either way. */
function candidates(documents: ReadonlyMap<unknown, Doc>, { _id: id }: Doc): readonly Doc[] {
  const named: unknown = isPlain(id) ? id["$in"] : id;
  if (typeof named !== "string" && !Array.isArray(named)) return [...documents.values()];
  const ids: readonly unknown[] = Array.isArray(named) ? named : [named];
  return ids.map((each) => documents.get(each)).filter((each) => each !== undefined);
}

function sorted(found: readonly Doc[], sort: Look["sort"]): readonly Doc[] {
  if (sort === undefined) return found;
  const orders = Object.entries(sort).map(
    ([path, direction]) =>
      (a: Doc, b: Doc): number =>
        (compare(valueAt(a, path), valueAt(b, path)) ?? 0) * Number(direction),
  );
  return found.toSorted((a, b) => orders.reduce((sum, order) => sum || order(a, b), 0));
}

function project(document: Doc, projection: Doc): Doc {
  const fields = Object.keys(projection);
  if (fields.length === 0) return document;
  const kept = ["_id", ...fields].filter((field) => field in document);
  return Object.fromEntries(kept.map((field) => [field, document[field]]));
}

/** What an upsert begins with: the filter's equalities, a choice of one among them. */
function equalities(filter: Doc): Doc {
  const entries = Object.entries(filter).flatMap(([path, value]) => {
    if (path.includes(".")) return [];
    const only = isPlain(value) && Array.isArray(value["$in"]) ? value["$in"] : [value];
    return only.length === 1 && !isOperators(only[0]) ? [[path, only[0]]] : [];
  });
  return Object.fromEntries(entries);
}
