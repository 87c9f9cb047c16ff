import type { Queue } from "bullmq";

const living: ReadonlySet<string> = new Set([
  "waiting",
  "active",
  "delayed",
  "prioritized",
  "paused",
]);

/**
 * A deduplication key whose job is in no list swallows every wake of its id
 * (https://github.com/taskforcesh/bullmq/issues/3253): takes the key and the job away. A job that
 * ends in between only makes two runs of one id possible, which is safe.
 */
export async function removeGhost(queue: Queue, id: string): Promise<boolean> {
  const jobId = await queue.getDeduplicationJobId(id);
  if (jobId === null || living.has(await queue.getJobState(jobId))) return false;
  await queue.remove(jobId);
  await queue.removeDeduplicationKey(id);
  return true;
}
