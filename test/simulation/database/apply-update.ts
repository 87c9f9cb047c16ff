import { evaluate, removed } from "./evaluate.ts";
import { Refusal } from "./refusal.ts";
import { setPath } from "./set-path.ts";
import { compare, isPlain, isSame, valueAt, type Doc } from "./values.ts";

const badValue = 2;
const typeMismatch = 14;

/** The document after an update by operators or by a pipeline. `isInsert`: an upsert makes it. */
export function applyUpdate(document: Doc, update: unknown, isInsert: boolean): Doc {
  if (Array.isArray(update)) return update.reduce(applyStage, document);
  if (!isPlain(update)) throw new Error("an update is an object or a list of stages");
  let next = document;
  for (const operator in update) {
    const changes = update[operator];
    if (!isPlain(changes)) throw new Error(`${operator}: not an object`);
    if (operator === "$set" && Object.keys(changes).every(isFlat)) {
      next = { ...next, ...changes };
      continue;
    }
    for (const path in changes)
      next = applyChange(next, { operator, path, value: changes[path], isInsert });
  }
  return next;
}

const isFlat = (path: string): boolean => !path.includes(".");

interface FieldChange {
  readonly operator: string;
  readonly path: string;
  readonly value: unknown;
  readonly isInsert: boolean;
}

function applyChange(document: Doc, { operator, path, value, isInsert }: FieldChange): Doc {
  switch (operator) {
    case "$set":
      return setPath(document, path, value ?? null);
    case "$setOnInsert":
      return isInsert ? setPath(document, path, value ?? null) : document;
    case "$unset":
      return setPath(document, path, undefined);
    case "$inc":
      return setPath(document, path, increased(valueAt(document, path), value));
    case "$max":
      return isAbove(value, valueAt(document, path)) ? setPath(document, path, value) : document;
    case "$addToSet":
      return setPath(document, path, withItems(valueAt(document, path), value));
    default:
      throw new Error(`the in-memory database does not know ${operator} in an update`);
  }
}

function increased(value: unknown, by: unknown): number {
  if (value !== undefined && typeof value !== "number")
    throw new Refusal(typeMismatch, "cannot increase what is not a number");
  return (value ?? 0) + Number(by);
}

function isAbove(value: unknown, present: unknown): boolean {
  if (present === undefined) return true;
  const order = compare(value, present);
  if (order === undefined) throw new Error("$max over two types: not known here");
  return order > 0;
}

function withItems(present: unknown, added: unknown): readonly unknown[] {
  if (present !== undefined && !Array.isArray(present))
    throw new Refusal(badValue, "cannot add to what is not a list");
  const items: unknown[] = [...(present ?? [])];
  const each = isPlain(added) && Array.isArray(added["$each"]) ? added["$each"] : [added];
  for (const item of each) if (!items.some((known) => isSame(known, item))) items.push(item);
  return items;
}

function applyStage(document: Doc, stage: unknown): Doc {
  if (!isPlain(stage)) throw new Error("a stage is an object");
  const [name = ""] = Object.keys(stage);
  if (name === "$set" || name === "$addFields") return setFields(document, stage[name]);
  if (name === "$unset") return [stage[name]].flat().reduce(unsetField, document);
  if (name !== "$replaceWith")
    throw new Error(`the in-memory database does not know the stage ${name}`);
  const next = evaluate(document, stage[name]);
  if (!isPlain(next)) throw new Refusal(badValue, "a document can be replaced by a document only");
  return { ...next, _id: document["_id"] };
}

/** Every field of one stage is computed from the document before it. */
function setFields(document: Doc, fields: unknown): Doc {
  if (!isPlain(fields)) throw new Error("$set: not an object");
  let next = document;
  for (const path in fields) {
    const value = evaluate(document, fields[path]);
    if (value === removed) next = setPath(next, path, undefined);
    else if (value !== undefined) next = setPath(next, path, value);
    else next = setPath(next, path, undefined);
  }
  return next;
}

const unsetField = (document: Doc, path: unknown): Doc =>
  setPath(document, String(path), undefined);
