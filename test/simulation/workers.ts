import type { JobOutcome } from "../../src/shared/domain/outcome.ts";
import type { WakeQueue } from "../../src/shared/queues/queues.ts";
import { drain } from "../../src/workers/conversation/drain.ts";
import { reconsiderHeld } from "../../src/workers/lanes/reconsider-held.ts";
import { repliesLane } from "../../src/workers/lanes/replies-lane.ts";
import { runLane } from "../../src/workers/lanes/run-lane.ts";
import { handleStatuses } from "../../src/workers/statuses/handle-statuses.ts";
import { sweptCrm, sweptReplies } from "../../src/workers/upkeep/swept-lanes.ts";
import { sweep } from "../../src/workers/upkeep/sweep.ts";
import type { OpenProcess } from "./open-process.ts";
import type { JobQueue } from "./queue.ts";
import { aloneAfterMs, sweepEveryMs } from "./settings.ts";

/** One job, as `start-workers.ts` binds queues to steps. */
export function handleJob(
  { drain: ports, lane }: OpenProcess,
  { queue, id, signal }: { queue: WakeQueue; id: string; signal: AbortSignal },
): Promise<JobOutcome> {
  if (queue === "conversations") return drain(ports, id, signal);
  if (queue === "replies") return runLane(repliesLane(lane), id, signal);
  return handleStatuses(lane, id);
}

const never = (): AbortSignal => new AbortController().signal;

/** One round of the sweeper; a failed one is followed by the next. */
export async function sweepOnce(
  { models, drain: ports, lane }: OpenProcess,
  queue: Pick<JobQueue, "removeGhost">,
): Promise<void> {
  const drainHere = async (id: string): Promise<void> => {
    await drain(ports, id);
    await runLane(repliesLane(lane), id, never());
  };
  await sweep({
    now: lane.now,
    webhooks: models.webhooks,
    conversations: models.conversations,
    wake: lane.wake,
    drain: drainHere,
    drainAlone: drainHere,
    replies: sweptReplies(models.outgoing, (id) => runLane(repliesLane(lane), id, never())),
    crm: sweptCrm(models.crmActions, () => Promise.resolve()),
    handleStatuses: (key) => handleStatuses(lane, key),
    sweepMedia: () => Promise.resolve(),
    reconsiderHeld: (outgoing) => reconsiderHeld(lane, outgoing, never()),
    removeGhost: (name, id) => Promise.resolve(queue.removeGhost(name, id)),
    aloneAfterMs,
    everyMs: sweepEveryMs,
    log: lane.log,
  }).catch(() => undefined);
}
