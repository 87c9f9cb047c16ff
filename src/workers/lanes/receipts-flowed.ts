import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { ProcessRecord } from "#shared/models/processes.ts";
import { statusesKey } from "#shared/models/webhooks.ts";
import type { Queues } from "#shared/queues/open-queues.ts";

export interface SilenceDeps {
  readonly models: Pick<Models, "webhooks" | "processes" | "channelMarks">;
  readonly queues: Pick<Queues, "webhooks">;
  readonly now: () => number;
  /** An API process that did not tell of itself for so long has died. */
  readonly deadAfterMs: number;
}

/**
 * Whether a receipt of a send claimed at `since` would have reached us: none waits anywhere, every
 * API process lived through, and receipts of later sends of the channel were handled. What remains:
 * the provider may delay one receipt while it delivers others.
 */
export async function receiptsFlowed(
  deps: SilenceDeps,
  channel: OpenChannel,
  since: Date,
): Promise<boolean> {
  const { models, queues } = deps;
  const mark = await models.channelMarks.read(channel._id);
  if (mark?.receiptedAt === undefined || mark.receiptedAt <= since) return false;
  if (await models.webhooks.hasOpen(statusesKey(channel._id))) return false;
  const waiting = await queues.webhooks.getJobCounts(
    "waiting",
    "active",
    "delayed",
    "failed",
    "prioritized",
  );
  if (Object.values(waiting).some((count) => count > 0)) return false;
  const processes = await models.processes.list();
  return !processes.some((process) => wasAway(process, since, deps));
}

/** Started, stopped, died or refused since then: receipts may have missed it. */
function wasAway(
  { startedAt, beatAt, endedAt, refusedAt }: ProcessRecord,
  since: Date,
  { now, deadAfterMs }: SilenceDeps,
): boolean {
  const times = [startedAt, endedAt, refusedAt];
  if (times.some((time) => time !== undefined && time >= since)) return true;
  const hasDied = endedAt === undefined && now() - beatAt.getTime() > deadAfterMs;
  return hasDied && beatAt.getTime() + deadAfterMs >= since.getTime();
}
