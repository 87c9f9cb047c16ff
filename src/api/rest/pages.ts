import { z } from "zod";
import { invalid } from "#api/rest/problem.ts";
import { readPlace, type Place } from "#shared/models/place.ts";

const mostItems = 100;
const usualItems = 50;

/** What every list takes. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(mostItems).default(usualItems),
  cursor: z
    .string()
    .max(500)
    .transform((text, context) => {
      const opened = Buffer.from(text, "base64url").toString("utf8");
      if (text !== "" && Buffer.from(opened).toString("base64url") === text) return opened;
      context.addIssue({ code: "custom", message: "is no cursor that a list gave out" });
      return z.NEVER;
    })
    .exactOptional(),
};

/** Where a list by time goes on; absent at its beginning. */
export function readCursor(cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const place = readPlace(cursor);
  if (place !== undefined) return place;
  throw invalid([{ field: "cursor", message: "is of another list" }]);
}

/** A list's answer: `next_cursor` is there while more follows. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: "For the next page; null at the end" }),
  });

export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor: string | null;
}

/** `found` was asked for one more than the limit: that one says whether there is a next page. */
export function toPage<Found, Item>(
  found: readonly Found[],
  limit: number,
  { cursorOf, show }: { cursorOf: (last: Found) => string; show: (found: Found) => Item },
): Page<Item> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return {
    items: shown.map(show),
    next_cursor: hasMore ? Buffer.from(cursorOf(last)).toString("base64url") : null,
  };
}
