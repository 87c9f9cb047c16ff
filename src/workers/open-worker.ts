import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { wideUrlOf } from "#shared/config/api-url.ts";
import { encryptionKeysOf, showsContent, type Config } from "#shared/config/env.ts";
import { createChannelDirectory, type OpenChannel } from "#shared/models/channel-directory.ts";
import { createTeller } from "#shared/live/tell-changes.ts";
import { openModels } from "#shared/models/open-models.ts";
import { defaultPipelineOf } from "#shared/models/pipelines.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import { createHttp } from "#shared/providers/http.ts";
import { closeQueues, openQueues } from "#shared/queues/open-queues.ts";
import { removeGhost } from "#shared/queues/remove-ghost.ts";
import { createWake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { Connection } from "#shared/runtime/mongo.ts";
import { bindModels } from "#workers/bind-models.ts";
import { createNamelessContacts } from "#workers/contacts/look-up-contacts.ts";
import { createFlowDirectory } from "#workers/conversation/flow-directory.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { openCrm } from "#workers/open-crm.ts";
import { pauseAlert } from "#shared/models/alerts.ts";
import { settleEcho } from "#workers/conversation/settle-echo.ts";
import { createPace } from "#workers/lanes/pace.ts";
import { receiptsFlowed } from "#workers/lanes/receipts-flowed.ts";
import { tellSent } from "#workers/lanes/tell-sent.ts";
import { prepareFile } from "#workers/media/prepare-file.ts";
import { openMedia } from "#workers/open-media.ts";
import { openSignIn } from "#workers/open-sign-in.ts";
import type { StatusPorts } from "#workers/statuses/handle-statuses.ts";
import { tellSends } from "#workers/tell-sends.ts";

export interface WorkerDeps {
  readonly config: Config;
  readonly connection: Connection;
  /** For short commands: fails at once when Redis is away. */
  readonly redis: Redis;
  readonly count: StatusPorts["count"];
  readonly onTurn?: (ms: number) => void;
  readonly log: Log;
}

export type OpenWorker = Awaited<ReturnType<typeof openWorker>>;

/** Ties the pure steps to the real database, queues, providers and clock. */
export async function openWorker({ config, connection, redis, count, onTurn, log }: WorkerDeps) {
  const models = openModels(connection, { keptMs: config.WEBHOOKS_KEPT_MS });
  const directory = createChannelDirectory({
    channels: models.channels,
    encryptionKey: encryptionKeysOf(config),
    log,
  });
  await directory.start();
  const queues = openQueues(redis, config.REDIS_PREFIX);
  const wake = createWake(queues, config.WAKE_TIMEOUT_MS);
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS });
  const common = { now, newId: randomUUID, wake, log, findChannel: directory.byId, findProvider };
  const tell = createTeller(redis, config.REDIS_PREFIX);
  const told = { ...models, outgoing: tellSends(models.outgoing, tell) };
  const bound = bindModels(told, {
    now,
    wake,
    defaultPipeline: defaultPipelineOf(config),
  });
  const { raiseAlert, journalOwn } = bound.lane;
  const world = { now, newId: randomUUID, sleep, random: Math.random, count, log };
  const crm = await openCrm({
    ...world,
    config,
    models,
    raiseAlert,
    journalOwn,
    findChannel: directory.byId,
  });
  const { subscriptionsOf } = crm;
  const apiUrlOf = (provider: string): string => wideUrlOf(provider, config);
  const media = openMedia({
    ...common,
    config,
    models,
    apiUrlOf,
    asks: http,
    raiseAlert,
    tell: tell.media,
    // With Redis away there is no job to stand in the way.
    removeGhost: (id) => removeGhost(queues.media, id).catch(() => false),
  });
  const telling = { ...common, journalOwn, outgoing: models.outgoing, subscriptionsOf };
  const lane: StatusPorts = {
    ...common,
    ...bound.lane,
    sleep,
    random: Math.random,
    apiUrlOf,
    http,
    prepareFile: (channel, provider, command) =>
      prepareFile(media.ports, channel, provider, command),
    pace: createPace(redis, config.REDIS_PREFIX, now),
    pauseChannel: async (channel, code, reason) => {
      await models.channels.pause(channel._id, { code, reason, at: new Date(now()) });
      await directory.refresh();
      await bound.lane.raiseAlert({
        ...ownerOf(channel),
        ...pauseAlert(channel._id),
        text: reason,
      });
    },
    hearState: async (channel, mark, heard) => {
      const isNews = await models.channels.hearState(channel._id, mark, heard);
      await directory.refresh();
      const { paused } = (await directory.byId(channel._id)) ?? {};
      if (isNews && "resumed" in heard && paused === undefined)
        await bound.lane.endAlert({ tenantId: channel.tenantId, ...pauseAlert(channel._id) });
      return isNews;
    },
    siblingsOf: directory.siblingsOf,
    tellSent: (channelId, outgoingId) => tellSent(telling, channelId, outgoingId),
    receiptsFlowed: (channel, since) =>
      receiptsFlowed({ models, queues, now, deadAfterMs: config.HEARTBEAT_MS * 3 }, channel, since),
    count,
    settings: {
      claimMs: config.CLAIM_MS,
      marginMs: config.CLAIM_MARGIN_MS,
      sendTimeoutMs: config.SEND_TIMEOUT_MS,
      reconcileEveryMs: config.RECONCILE_EVERY_MS,
      unknownHoldsMs: config.UNKNOWN_HOLDS_MS,
      receiptSilenceMs: config.RECEIPT_SILENCE_MS,
      ...(config.ABSENT_AFTER_MS === undefined ? {} : { absentAfterMs: config.ABSENT_AFTER_MS }),
    },
  };

  const nameless = createNamelessContacts();
  const drain: DrainPorts = {
    ...common,
    ...bound.drain,
    subscriptionsOf,
    loadFlow: createFlowDirectory(models.bots, log),
    settleEcho: (event, conversation) => settleEcho(lane, event, conversation),
    signIn: openSignIn(config, models, tell),
    onApplied: (conversation) => {
      tell.turn(conversation._id, conversation.version);
      nameless.note(conversation);
    },
    ...(onTurn === undefined ? {} : { onTurn }),
    settings: {
      budgetMs: config.DRAIN_BUDGET_MS,
      budgetTurns: 50,
      leastHoldMs: config.ACCEPT === "queue" ? leastQueuedHoldMs : 0,
      handbackAfterMs: config.HANDBACK_AFTER_MS,
      answerBackfilledMs: config.HEAL_ANSWER_MS,
      loop: { replies: config.LOOP_REPLIES, windowMs: config.LOOP_MS },
      handbackKeywords: config.HANDBACK_KEYWORDS,
      sweepAfterMs: config.SWEEP_AFTER_MS,
      showContent: showsContent(config),
      ...(config.HOLD_MS === undefined ? {} : { holdMs: config.HOLD_MS }),
    },
  };

  const close = async (): Promise<void> => {
    directory.stop();
    await crm.close();
    await media.close();
    tell.close();
    await closeQueues(queues);
    await http.close();
  };
  return {
    models,
    directory,
    queues,
    wake,
    lane,
    crm: crm.ports,
    media: media.ports,
    drain,
    nameless,
    close,
  };
}

const now = (): number => Date.now();

/** Several workers journal side by side: an older message may be a moment behind a younger one. */
const leastQueuedHoldMs = 250;

const ownerOf = ({ tenantId, _id }: OpenChannel) => ({ tenantId, channelId: _id });
