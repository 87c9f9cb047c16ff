import { DelayedError, Worker, type Job } from "bullmq";
import type { Redis } from "ioredis";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import { cappedBackoffMs, longestDelayMs, type QueueName } from "#shared/queues/queues.ts";
import type { Log } from "#shared/runtime/log.ts";

export interface WorkerOf {
  readonly queue: QueueName;
  readonly connection: Redis;
  readonly prefix: string;
  readonly concurrency: number;
  readonly lockMs: number;
  readonly stalledEveryMs: number;
  readonly handle: (job: Job, signal: AbortSignal) => Promise<JobOutcome>;
  readonly observe: (queue: QueueName, outcome: string, ms: number) => void;
  readonly log: Log;
}

/** One BullMQ worker: handle → outcome → done, delayed or tried again. A stalled job never fails. */
export function runWorker(of: WorkerOf): Worker {
  const worker = new Worker(of.queue, (job, token, signal) => process(of, job, token, signal), {
    connection: of.connection,
    prefix: of.prefix,
    concurrency: of.concurrency,
    lockDuration: of.lockMs,
    stalledInterval: of.stalledEveryMs,
    maxStalledCount: 1000,
    runRetryDelay: 1000,
    settings: {
      backoffStrategy: (attempts) => cappedBackoffMs(attempts) * (0.5 + Math.random() / 2),
    },
  });
  worker.on("lockRenewalFailed", (ids) => {
    for (const id of ids) worker.cancelJob(id, "its lock was lost");
  });
  worker.on("error", createQuietReport(of));
  return worker;
}

const never = new AbortController().signal;

async function process(
  of: WorkerOf,
  job: Job,
  token: string | undefined,
  signal: AbortSignal = never,
): Promise<void> {
  const startedAt = performance.now();
  const report = (outcome: string): void =>
    of.observe(of.queue, outcome, performance.now() - startedAt);
  try {
    const outcome = await of.handle(job, signal);
    report(outcome.kind);
    if (outcome.kind === "done") return;
    await job.moveToDelayed(Date.now() + Math.min(outcome.ms, longestDelayMs), token);
  } catch (error) {
    report("failed");
    of.log.warn({
      event: "job.failed",
      queue: of.queue,
      job: job.id,
      attempt: job.attemptsMade,
      err: error,
    });
    throw error;
  }
  throw new DelayedError();
}

/** A full or dead Redis raises thousands of errors: one line a second. */
function createQuietReport({ queue, log }: WorkerOf): (error: Error) => void {
  let silentUntil = 0;
  return (error) => {
    if (Date.now() < silentUntil) return;
    silentUntil = Date.now() + 1000;
    log.warn({ event: "queue.error", queue, reason: error.message });
  };
}
