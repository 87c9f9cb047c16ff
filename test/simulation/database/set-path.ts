import { Refusal } from "./refusal.ts";
import { isPlain, type Doc } from "./values.ts";

const pathNotViable = 28;

/** The document with a value at a dotted path; undefined takes the field away. */
export function setPath(document: Doc, path: string, value: unknown): Doc {
  const dot = path.indexOf(".");
  if (dot < 0)
    return value === undefined ? without(document, path) : { ...document, [path]: value };
  const key = path.slice(0, dot);
  const inner = document[key];
  if (value === undefined && !isPlain(inner)) return document;
  if (inner !== undefined && !isPlain(inner))
    throw new Refusal(pathNotViable, `cannot create a field in the element ${key}`);
  return { ...document, [key]: setPath(inner ?? {}, path.slice(dot + 1), value) };
}

function without(document: Doc, key: string): Doc {
  if (!(key in document)) return document;
  const { [key]: _, ...rest } = document;
  return rest;
}
