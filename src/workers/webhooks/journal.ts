import type { Job } from "bullmq";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { Webhooks } from "#shared/models/webhooks.ts";
import { sealedPayload } from "#shared/queues/queues.ts";
import { openWebhook } from "#shared/queues/sealed-webhook.ts";
import type { Cipher } from "#shared/runtime/cipher.ts";
import { wakeFor, type WakePorts } from "#workers/webhooks/wake-for.ts";

export interface JournalPorts extends WakePorts {
  readonly now: () => number;
  readonly cipher: Cipher;
  readonly webhooks: Pick<Webhooks, "insert">;
}

/**
 * Brings a webhook that took the queue into the journal, under the id that accept gave it: once,
 * however often the job runs. The hold window counts from here.
 */
export async function journal(ports: JournalPorts, job: Job): Promise<JobOutcome> {
  const accepted = openWebhook(ports.cipher, sealedPayload.parse(job.data));
  const now = new Date(ports.now());
  const webhook = { ...accepted, arrivedAt: now };
  await ports.webhooks.insert(webhook);
  await wakeFor(ports, webhook);
  return { kind: "done" };
}
