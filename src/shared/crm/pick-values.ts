import { clip } from "#shared/bot/clip.ts";
import { maxVariableLength } from "#shared/bot/limits.ts";

/** Each name with the text at its path; what is not there, or is no text, is empty. */
export const pickValues = (
  body: unknown,
  paths: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(paths).map(([name, path]) => [
      name,
      clip(spell(find(body, path)), maxVariableLength),
    ]),
  );

/** `items.0.price`, also written `items[0].price`; own properties only. */
const find = (body: unknown, path: string): unknown => {
  let value = body;
  for (const name of path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter(Boolean)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
};

/** A list of plain values is spelled with commas; an object has no words. */
const spell = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(spellPlain).filter(Boolean).join(", ");
  return spellPlain(value);
};

const spellPlain = (value: unknown): string => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
};
