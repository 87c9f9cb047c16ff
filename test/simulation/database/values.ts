import { isDeepStrictEqual } from "node:util";

/** A stored document: never changed in place, so that what was read stays what it was. */
export type Doc = Readonly<Record<string, unknown>>;

const isDoc = (value: unknown): value is Doc => typeof value === "object" && value !== null;

/** A plain nested document: neither an array nor a date nor bytes. */
export const isPlain = (value: unknown): value is Doc =>
  isDoc(value) &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

/** What stands at a dotted path; undefined where nothing does. */
export function valueAt(document: Doc, path: string): unknown {
  if (!path.includes(".")) return document[path];
  let value: unknown = document;
  for (const key of path.split(".")) value = isPlain(value) ? value[key] : undefined;
  return value;
}

/** Equal as the server sees it: dates by their time. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  return isDeepStrictEqual(a, b);
}

/** The order of two values of one type; undefined for two types, which have none within a filter. */
export function compare(a: unknown, b: unknown): number | undefined {
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") return undefined;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
