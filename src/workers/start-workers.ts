import type { Job, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { encryptionKeysOf, type Config } from "#shared/config/env.ts";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { LaneItem } from "#shared/models/lane-items.ts";
import { removeGhost } from "#shared/queues/remove-ghost.ts";
import { wakePayload, type LaneQueue, type QueueName } from "#shared/queues/queues.ts";
import { createCipher } from "#shared/runtime/cipher.ts";
import type { Log } from "#shared/runtime/log.ts";
import { sealedWebhookPurpose } from "#shared/queues/sealed-webhook.ts";
import { drainSuspect } from "#workers/conversation/drain-suspect.ts";
import { drain } from "#workers/conversation/drain.ts";
import { holdMsOf } from "#workers/conversation/hold.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { createLanesHere } from "#workers/lanes/lanes-here.ts";
import { crmLane } from "#workers/lanes/crm/crm-lane.ts";
import { reconsiderHeld } from "#workers/lanes/reconsider-held.ts";
import { repliesLane } from "#workers/lanes/replies-lane.ts";
import { runLane, type Lane } from "#workers/lanes/run-lane.ts";
import { fetchMedia } from "#workers/media/fetch-media.ts";
import { sweepMedia } from "#workers/media/sweep-media.ts";
import { openDoctor } from "#workers/open-doctor.ts";
import { openHealing } from "#workers/open-healing.ts";
import { openLookUp } from "#workers/open-look-up.ts";
import { openPolling } from "#workers/open-polling.ts";
import type { OpenWorker } from "#workers/open-worker.ts";
import { startPolling } from "#workers/polling/start-polling.ts";
import { runWorker } from "#workers/run-worker.ts";
import { handleStatuses } from "#workers/statuses/handle-statuses.ts";
import { startSweeper } from "#workers/upkeep/start-sweeper.ts";
import { sweptCrm, sweptReplies } from "#workers/upkeep/swept-lanes.ts";
import { journal } from "#workers/webhooks/journal.ts";
import type { WorkerMetrics } from "#workers/worker-metrics.ts";

export interface StartDeps {
  readonly config: Config;
  readonly opened: OpenWorker;
  /** For blocking commands: waits for Redis as long as it takes. */
  readonly blocking: Redis;
  readonly metrics: WorkerMetrics;
  readonly log: Log;
}

const never = new AbortController().signal;
/** Each is a stream into the database, which others need, too. */
const filesAtOnce = 8;

/** The queues' workers and the sweeper. */
export function startWorkers({ config, opened, blocking, metrics, log }: StartDeps) {
  const run = (
    queue: QueueName,
    handle: (job: Job, signal: AbortSignal) => Promise<JobOutcome>,
    concurrency = config.WORKER_CONCURRENCY,
  ): Worker =>
    runWorker({
      queue,
      handle,
      connection: blocking,
      prefix: config.REDIS_PREFIX,
      concurrency,
      lockMs: config.LOCK_MS,
      stalledEveryMs: config.STALLED_EVERY_MS,
      observe: metrics.observeJob,
      log,
    });
  const cipher = createCipher(encryptionKeysOf(config), sealedWebhookPurpose);
  const journaling = {
    now: opened.drain.now,
    webhooks: opened.models.webhooks,
    wake: opened.wake,
    holdOf: createHoldOf(opened),
  };
  const journalPorts = { ...journaling, cipher };
  const replies = repliesLane(opened.lane);
  const crm = crmLane(opened.crm);
  const openLanes = <Item extends LaneItem>(queue: LaneQueue, lane: Lane<Item>) =>
    createLanesHere({
      queue,
      run: (id, signal) => runLane(lane, id, signal),
      wake: opened.wake,
      mostAtOnce: config.WORKER_CONCURRENCY,
      observe: (outcome, ms) => metrics.observeJob(queue, outcome, ms),
      log,
    });
  const lanes = { replies: openLanes("replies", replies), crm: openLanes("crm", crm) };
  const drainPorts: DrainPorts = {
    ...opened.drain,
    wake: (queue, id, delayMs, beside) =>
      queue === "replies" || queue === "crm"
        ? lanes[queue].start(id)
        : opened.wake(queue, id, delayMs, beside),
  };
  const stopping = new AbortController();
  const workers = [
    run("webhooks", (job) => journal(journalPorts, job)),
    run("conversations", createDrainJob(drainPorts)),
    run("replies", (job) => lanes.replies.runJob(idOf(job))),
    run("crm", (job) => lanes.crm.runJob(idOf(job))),
    run("statuses", (job) => handleStatuses(opened.lane, idOf(job))),
    run(
      "media",
      (job, signal) =>
        fetchMedia(opened.media, idOf(job), AbortSignal.any([signal, stopping.signal])),
      filesAtOnce,
    ),
  ];
  const sweeper = startSweeper({
    now: opened.drain.now,
    webhooks: opened.models.webhooks,
    conversations: opened.models.conversations,
    wake: opened.wake,
    // Whoever has to drain without a job has no job for the answer either.
    drain: async (id) => {
      await drain(opened.drain, id);
      await runLane(replies, id, never);
    },
    drainAlone: (id) => drainSuspect(opened.drain, id),
    replies: sweptReplies(opened.models.outgoing, (id) => runLane(replies, id, never)),
    crm: sweptCrm(opened.models.crmActions, (id) => runLane(crm, id, never)),
    handleStatuses: (key) => handleStatuses(opened.lane, key),
    sweepMedia: () => sweepMedia(opened.media),
    reconsiderHeld: (outgoing) => reconsiderHeld(opened.lane, outgoing, never),
    // With Redis away there is no job to stand in the way.
    removeGhost: (queue, id) => removeGhost(opened.queues[queue], id).catch(() => false),
    aloneAfterMs: config.SWEEP_ALONE_AFTER_MS,
    everyMs: config.SWEEP_EVERY_MS,
    log,
  });
  const { findChannel, findProvider, apiUrlOf, raiseAlert, endAlert } = opened.lane;
  const listChannels = opened.directory.list;
  const asking = { ...journaling, listChannels, findProvider, apiUrlOf, raiseAlert, log };
  const polling = openPolling(config, {
    ...asking,
    polls: opened.models.polls,
    findChannel,
    endAlert,
  });
  const healing = openHealing(config, {
    ...asking,
    marks: opened.models.channelMarks,
    readApplied: opened.drain.readApplied,
    count: metrics.countBackfilled,
  });
  const poller = startPolling(polling.ports);
  const doctor = openDoctor(config, opened, log);
  const lookUp = openLookUp(config, opened, log);
  return {
    /** Takes nothing new, lets what runs end. */
    quiet: () => Promise.all([poller.stop(), ...workers.map((worker) => worker.pause(true))]),
    drain: async () => {
      // Another worker fetches it anew; a large file would outlast the time to stop.
      stopping.abort();
      await polling.close();
      lanes.replies.leave();
      lanes.crm.leave();
      await Promise.all([sweeper.stop(), doctor.stop(), healing.stop(), lookUp.stop()]);
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([lanes.replies.ended(), lanes.crm.ended()]);
    },
  };
}

const idOf = (job: Job): string => wakePayload.parse(job.data).id;

const suspectAfterStalls = 2;
/** Each is a process; whoever ran beside a killer is suspected, too. */
const suspectsAtOnce = 2;
const suspectWaitMs = 1000;

/** A job whose worker died twice is a suspect: it does not run in this process. */
function createDrainJob(ports: DrainPorts) {
  let suspects = 0;
  return async (job: Job, signal: AbortSignal): Promise<JobOutcome> => {
    if (job.stalledCounter < suspectAfterStalls) return drain(ports, idOf(job), signal);
    if (suspects >= suspectsAtOnce) return { kind: "delay", ms: suspectWaitMs };
    suspects += 1;
    try {
      await drainSuspect(ports, idOf(job));
    } finally {
      suspects -= 1;
    }
    return { kind: "done" };
  };
}

/** A channel that is gone has nothing to wait for. */
function createHoldOf({ drain: { findChannel, findProvider, settings } }: OpenWorker) {
  return async (channelId: string): Promise<number> => {
    const channel = await findChannel(channelId);
    const provider = channel && findProvider(channel.provider);
    if (channel === undefined || provider === undefined) return settings.leastHoldMs;
    return holdMsOf(settings, channel, provider);
  };
}
