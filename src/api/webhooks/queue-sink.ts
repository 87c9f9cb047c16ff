import type { Queue } from "bullmq";
import type { Webhook } from "#shared/models/webhooks.ts";
import { sealedOptions } from "#shared/queues/queues.ts";
import { sealedWebhookPurpose, sealWebhook } from "#shared/queues/sealed-webhook.ts";
import { createBatcher, type Settled } from "#shared/runtime/batcher.ts";
import { createCipher } from "#shared/runtime/cipher.ts";

export interface QueueSinkDeps {
  readonly queue: Queue;
  readonly encryptionKey: string;
  /** Rejects when Redis would not keep what it takes. */
  readonly checkDurable: () => Promise<void>;
}

/** Puts sealed webhooks into the queue `webhooks`; what comes in the same moment goes together. */
export function createQueueSink({ queue, encryptionKey, checkDurable }: QueueSinkDeps) {
  const cipher = createCipher(encryptionKey, sealedWebhookPurpose);
  return createBatcher<Webhook, undefined>({
    maxItems: 100,
    maxBatches: 2,
    run: async (webhooks) => {
      await checkDurable();
      const jobs = await queue.addBulk(
        webhooks.map((webhook) => ({
          name: "webhooks",
          data: sealWebhook(cipher, webhook),
          opts: sealedOptions(webhook._id),
        })),
      );
      return webhooks.map(({ _id }, index) => settle(_id, jobs[index]?.id));
    },
  });
}

/** BullMQ gives a refusal of one job of many as its id, and no error. */
const settle = (wanted: string, given: string | undefined): Settled<undefined> =>
  given === wanted
    ? { ok: undefined }
    : { fault: new Error(`the queue webhooks refused ${wanted}: ${given ?? "no answer"}`) };
