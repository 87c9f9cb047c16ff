import { z } from "zod";
import { channelNames } from "./messages.ts";

/**
 * One attempt to deliver one message. `ok`: 200. `fail`: another answer. `info`: no answer came, and
 * nobody knows whether it was taken.
 */
export const attemptSchema = z.object({
  n: z.number(),
  channel: z.enum(channelNames),
  peer: z.string(),
  place: z.number(),
  at: z.number(),
  postedAt: z.number(),
  endedAt: z.number(),
  outcome: z.enum(["ok", "fail", "info"]),
  status: z.number(),
  /** Why no answer came. */
  fault: z.string().exactOptional(),
  isCopy: z.boolean(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** The files of one run's folder. The checker reads these and nothing else. */
export const runFiles = {
  run: "run.json",
  acknowledgements: "acknowledgements.jsonl",
  whatsapp: "ledger-whatsapp.jsonl",
  green: "ledger-green.jsonl",
  wazzup24: "ledger-wazzup24.jsonl",
  chatrace: "ledger-chatrace.jsonl",
  database: "database.jsonl",
} as const;
