import { z } from "zod";

/** Strikes the next N requests, then others with a probability. A number means N, true means always. */
export interface Odds {
  next: number;
  probability: number;
}

const shorthand = z
  .union([z.int().nonnegative(), z.boolean()])
  .transform((value) =>
    typeof value === "number"
      ? { next: value, probability: 0 }
      : { next: 0, probability: Number(value) },
  );

const fields = {
  next: z.int().nonnegative().default(0),
  probability: z.number().min(0).max(1).default(0),
};
const statuses = z.literal([500, 502, 503]);
const longMs = 60_000;

export const oddsSchema = z.union([shorthand, z.strictObject(fields)]);

export const odds429Schema = z.union([
  shorthand.transform((odds) => ({ ...odds, retryAfterSeconds: null })),
  z.strictObject({
    ...fields,
    retryAfterSeconds: z.number().nonnegative().nullable().default(null),
  }),
]);

export const odds5xxSchema = z.union([
  shorthand.transform((odds) => ({ ...odds, status: 500 as const })),
  z.strictObject({ ...fields, status: statuses.default(500) }),
]);

export const oddsHangSchema = z.union([
  shorthand.transform((odds) => ({ ...odds, ms: longMs })),
  z.strictObject({ ...fields, ms: z.int().nonnegative().default(longMs) }),
]);

/** What becomes of a file that is fetched: gone, too short, stuck, said to be huge, without an end. */
export const oddsMediaSchema = z.strictObject({
  ...fields,
  kind: z.enum(["expired", "short", "slow", "huge", "endless"]),
});

export const never: Odds = { next: 0, probability: 0 };

/** Whether this request is struck; counts the N down. */
export function strikes(odds: Odds, random: () => number): boolean {
  if (odds.next > 0) {
    odds.next -= 1;
    return true;
  }
  return odds.probability > 0 && random() < odds.probability;
}
