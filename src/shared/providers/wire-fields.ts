import { z } from "zod";

/** Field readers for bodies that others write: what has another shape is absent, never an error. */
const field = <Value>(read: (value: unknown) => Value | undefined) =>
  z.unknown().optional().transform(read);

const readText = (value: unknown): string | undefined =>
  typeof value === "string" ? value.toWellFormed() : undefined;

/** Text as it stands, but for halves of letters, which no database keeps. */
export const text = field(readText);

/** Text, absent when empty: providers send "" for "none". */
export const filled = field((value) => readText(value) || undefined);

const readId =
  (longestBytes: number) =>
  (value: unknown): string | undefined => {
    const id = Number.isSafeInteger(value) ? String(value) : readName(value);
    if (id === undefined || id === "" || id.includes("\0")) return undefined;
    return Buffer.byteLength(id) <= longestBytes ? id : undefined;
  };

/** Two ids stay two: a half of a letter is written out, or the database would make all halves one. */
const readName = (value: unknown): string | undefined => {
  if (typeof value !== "string" || value.isWellFormed()) return readText(value);
  return JSON.stringify(value).slice(1, -1);
};

/** An id that is not a key of ours: Meta's message ids reach some 130 characters. */
export const id = field(readId(512));

/** An id that becomes a conversation's key; what is longer counts as absent. */
export const peerId = field(readId(256));

const clipped = (value: unknown, longest: number): string | undefined =>
  readText(value)?.slice(0, longest).toWellFormed() || undefined;

/** A provider's word for a state or a fault: part of keys, which no database stores at any length. */
const readWord = (value: unknown): string | undefined => clipped(value, 256);
export const word = field(readWord);

/** A line for people: a name, a reason. */
export const line = field((value) => clipped(value, 1024));

/** An error code: a number, or the provider's word. */
export const code = field((value) =>
  Number.isSafeInteger(value) ? Number(value) : readWord(value),
);

const year2100 = 4_102_444_800;

/** Seconds since 1970, as a number or digits, to ISO 8601; what is out of range is absent. */
export const at = field((value) => {
  const isDigits = typeof value === "string" && /^\d{1,12}$/.test(value);
  const seconds = isDigits ? Number(value) : value;
  if (typeof seconds !== "number" || !(seconds > 0 && seconds < year2100)) return undefined;
  return new Date(Math.floor(seconds) * 1000).toISOString();
});

const readDegrees =
  (most: number) =>
  (value: unknown): number | undefined => {
    const degrees = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof degrees === "number" && Math.abs(degrees) <= most ? degrees : undefined;
  };

/** Degrees as a number or its text. */
export const latitude = field(readDegrees(90));
export const longitude = field(readDegrees(180));

/** An object with fields of its own, or nothing. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape).optional().catch(undefined);

/** Items one by one: what is no object is null, so that its neighbours live. */
export const items = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(readItems, z.array(item.nullable().catch(null)));

/** Beforehand, for a fault costs far more than an item, and a body may hold nothing but faults. */
const readItems = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.map((each: unknown) => (isObject(each) ? each : null)) : [];

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
