import { createHash } from "node:crypto";
import { normalize } from "./normalize.ts";

export interface Picked {
  /** The oldest first. */
  readonly fresh: readonly unknown[];
  /** Marks of everything that stands in the list, for the next look. */
  readonly seen: readonly string[];
}

interface Known {
  readonly seen: readonly string[];
  /** In ms; what tells no time counts as young. */
  readonly youngerThan: number;
}

/**
 * What was not in the list at the last look. A list may show the same messages for hours, and they may
 * lack ids: one that stands there twice, and stood there once, is new once.
 */
export const pickNew = (items: readonly unknown[], { seen, youngerThan }: Known): Picked => {
  const left = countEach(seen);
  const listed = inTheirOrder(items).map((item) => ({ item, mark: markOf(item) }));
  const fresh = listed.filter(({ item, mark }) => {
    const count = left.get(mark) ?? 0;
    left.set(mark, count - 1);
    return count <= 0 && !(timeOf(item) < youngerThan);
  });
  return { fresh: fresh.map(({ item }) => item), seen: listed.map(({ mark }) => mark) };
};

const countEach = (marks: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
};

const markOf = (item: unknown): string =>
  createHash("sha256").update(JSON.stringify(item)).digest("base64url").slice(0, 16);

/** Lists for people begin with the youngest. */
const inTheirOrder = (items: readonly unknown[]): readonly unknown[] =>
  timeOf(items[0]) > timeOf(items.at(-1)) ? items.toReversed() : items;

/** NaN where it tells none. */
const timeOf = (item: unknown): number => {
  const result = normalize(item, {});
  const [event] = "events" in result ? result.events : [];
  return Date.parse(event?.at ?? "");
};
