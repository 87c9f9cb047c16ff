import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { queueNames, type QueueName } from "#shared/queues/queues.ts";

export type Queues = Readonly<Record<QueueName, Queue>>;

/** All queues on one connection; `close` them before it. */
export function openQueues(connection: Redis, prefix: string): Queues {
  const open = (name: QueueName): Queue => {
    const queue = new Queue(name, { connection, prefix });
    // The connection already tells of its trouble; without a listener Node would end the process.
    queue.on("error", () => undefined);
    return queue;
  };
  const [webhooks, conversations, replies, crm, statuses, media] = queueNames;
  return {
    webhooks: open(webhooks),
    conversations: open(conversations),
    replies: open(replies),
    crm: open(crm),
    statuses: open(statuses),
    media: open(media),
  };
}

/** Closes every queue, also on a connection that is already dead. */
export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.allSettled(Object.values(queues).map((queue) => queue.close()));
}
