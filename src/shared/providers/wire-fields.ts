import { z } from "zod";

/** Field readers for bodies that others write: what has another shape is absent, never an error. */
const field = <Value>(read: (value: unknown) => Value | undefined) =>
  z.unknown().optional().transform(read);

const readText = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Text as it stands. */
export const text = field(readText);

/** Text, absent when empty: providers send "" for "none". */
export const filled = field((value) => readText(value) || undefined);

const readId =
  (longestBytes: number) =>
  (value: unknown): string | undefined => {
    const id = Number.isSafeInteger(value) ? String(value) : readText(value);
    if (id === undefined || id === "" || id.includes("\0")) return undefined;
    return Buffer.byteLength(id) <= longestBytes ? id : undefined;
  };

/** An id that is not a key of ours: Meta's message ids reach some 130 characters. */
export const id = field(readId(512));

/** An id that becomes a conversation's key; what is longer counts as absent. */
export const peerId = field(readId(256));

/** An error code: a number, or the provider's word. */
export const code = field((value) =>
  Number.isSafeInteger(value) ? Number(value) : readText(value) || undefined,
);

const year2100 = 4_102_444_800;

/** Seconds since 1970, as a number or digits, to ISO 8601; what is out of range is absent. */
export const at = field((value) => {
  const isDigits = typeof value === "string" && /^\d{1,12}$/.test(value);
  const seconds = isDigits ? Number(value) : value;
  if (typeof seconds !== "number" || !(seconds > 0 && seconds < year2100)) return undefined;
  return new Date(Math.floor(seconds) * 1000).toISOString();
});

/** An object with fields of its own, or nothing. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape).optional().catch(undefined);

/** Items one by one: what is no object is null, so that its neighbours live. */
export const items = <Item extends z.ZodType>(item: Item) =>
  z.array(item.nullable().catch(null)).catch([]);
