import { z } from "zod";
import {
  never,
  odds429Schema,
  odds5xxSchema,
  oddsHangSchema,
  oddsMediaSchema,
  oddsSchema,
} from "./odds.ts";

/** What both simulators can be told at run time. Odds strike sends only, except `expiredToken` and `mediaFault`. */
export const commonSwitches = {
  latencyMs: z.int().nonnegative(),
  /** Restarts the dice of every probability. */
  seed: z.int().nonnegative(),
  /** Latency and odds strike only sends to this recipient. */
  onlyTo: z.string().nullable(),
  answer429: odds429Schema,
  /** Not accepted, then 5xx. */
  fail5xxBefore: odds5xxSchema,
  /** Accepted, then 5xx. */
  fail5xxAfter: odds5xxSchema,
  /** The socket is destroyed, nothing accepted. */
  dropBefore: oddsSchema,
  /** Accepted, then the socket is destroyed. */
  dropAfter: oddsSchema,
  /** Accepted, then silence for `ms` before the answer. */
  hangMs: oddsHangSchema,
  expiredToken: oddsSchema,
  mediaFault: oddsMediaSchema,
  /** Receipts are kept back until this is false again. */
  holdStatuses: z.boolean(),
  duplicateWebhooks: z.int().min(1).max(100),
  reorderWebhooks: z.enum(["none", "reverse", "shuffle"]),
  statusesOff: z.boolean(),
  readStatuses: z.boolean(),
  /** A failed receipt with this code follows each send. */
  failStatus: z.strictObject({ code: z.union([z.int(), z.string()]) }).nullable(),
};

const commonSchema = z.object(commonSwitches);
export type CommonSwitches = z.output<typeof commonSchema>;

export function defaultSwitches(): CommonSwitches {
  return {
    latencyMs: 0,
    seed: 1,
    onlyTo: null,
    answer429: { ...never, retryAfterSeconds: null },
    fail5xxBefore: { ...never, status: 500 },
    fail5xxAfter: { ...never, status: 500 },
    dropBefore: { ...never },
    dropAfter: { ...never },
    hangMs: { ...never, ms: 60_000 },
    expiredToken: { ...never },
    mediaFault: { ...never, kind: "expired" },
    holdStatuses: false,
    duplicateWebhooks: 1,
    reorderWebhooks: "none",
    statusesOff: false,
    readStatuses: false,
    failStatus: null,
  };
}
