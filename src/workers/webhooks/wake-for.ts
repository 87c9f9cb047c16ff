import { statusesKey, type Webhook } from "#shared/models/webhooks.ts";
import type { Wake } from "#shared/queues/wake.ts";

export interface WakePorts {
  readonly wake: Wake;
  readonly holdOf: (channelId: string) => Promise<number>;
}

/** Calls for everyone whom a journaled webhook concerns; what Redis does not take, the sweeper finds. */
export async function wakeFor(
  { wake, holdOf }: WakePorts,
  { channelId, pending }: Pick<Webhook, "channelId" | "pending">,
): Promise<void> {
  const holdMs = await holdOf(channelId);
  await Promise.all(
    pending.map((key) =>
      key === statusesKey(channelId) ? wake("statuses", key) : wake("conversations", key, holdMs),
    ),
  );
}
