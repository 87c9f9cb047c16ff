import { z } from "zod";

/** Every queue. Jobs carry ids, never content: `webhooks` alone carries a body, and that is sealed. */
export const queueNames = [
  "webhooks",
  "conversations",
  "replies",
  "crm",
  "statuses",
  "media",
] as const;
export type QueueName = (typeof queueNames)[number];

/** The queues whose jobs only say: look at this id. */
export type WakeQueue = Exclude<QueueName, "webhooks">;

/** Of them, those whose id is a lane of ordered outgoing work. */
export type LaneQueue = "replies" | "crm";

export const wakePayload = z.object({ v: z.literal(1), id: z.string().min(1) });

/** A sealed webhook on its way to the journal; `id` is the journal's `_id`. */
export const sealedPayload = z.object({
  v: z.literal(1),
  id: z.string().min(1),
  sealed: z.base64(),
});
export type SealedPayload = z.infer<typeof sealedPayload>;

/** Nothing is delayed longer: a wake is dropped while its job is delayed. */
export const longestDelayMs = 15_000;

const dayS = 86_400;

/**
 * At most one job runs and one waits per id; a wake during a run makes it run once more. `beside` names
 * a job of its own, which stands in the way of no other and may wait longer.
 */
export const wakeOptions = (id: string, delayMs: number, beside?: string) => ({
  deduplication: { id: beside === undefined ? id : `${id}|${beside}`, keepLastIfActive: true },
  removeOnComplete: true,
  removeOnFail: { age: dayS, count: 1000 },
  attempts: 20,
  backoff: { type: "capped" },
  ...(delayMs > 0
    ? { delay: beside === undefined ? Math.min(delayMs, longestDelayMs) : delayMs }
    : {}),
});

/** Never given up and never removed before it is in the journal. */
export const sealedOptions = (id: string) => ({
  jobId: id,
  removeOnComplete: true,
  removeOnFail: false,
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: "capped" },
});

/** The `capped` backoff: doubles from 100 ms, at most 10 s, because the outage will end. */
export const cappedBackoffMs = (attempt: number): number => Math.min(100 * 2 ** attempt, 10_000);
