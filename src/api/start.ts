import { createApp } from "#api/app.ts";
import { createBackground } from "#api/background.ts";
import { startHeartbeat } from "#api/heartbeat.ts";
import { openLive } from "#api/live/open-live.ts";
import { createLifecycle } from "#api/lifecycle.ts";
import { listen, stopListening } from "#api/listen.ts";
import { createApiMetrics } from "#api/ops/api-metrics.ts";
import { tellReady } from "#api/tell-ready.ts";
import { createAccountStates } from "#api/rest/auth/account-states.ts";
import { encryptionKeysOf, type Config } from "#shared/config/env.ts";
import { createMediaLinks } from "#shared/media/media-links.ts";
import { createChannelDirectory } from "#shared/models/channel-directory.ts";
import { ensureFirstOwner } from "#shared/models/ensure-first-owner.ts";
import { ensureIndexes, openModels } from "#shared/models/open-models.ts";
import { createHttp } from "#shared/providers/http.ts";
import { closeQueues, openQueues } from "#shared/queues/open-queues.ts";
import { createWake } from "#shared/queues/wake.ts";
import type { Log } from "#shared/runtime/log.ts";
import { connectMongo } from "#shared/runtime/mongo.ts";
import { connectImpatient } from "#shared/runtime/redis.ts";

/** Connects, builds and listens; what comes back stops it, step by step. */
export async function startApi(config: Config, log: Log) {
  const connection = await connectMongo(config.MONGODB_URI, config.JOURNAL_TIMEOUT_MS, log);
  const models = openModels(connection, { keptMs: config.WEBHOOKS_KEPT_MS });
  await ensureIndexes(connection);
  if (await ensureFirstOwner(models, config)) log.info({ event: "owner.created" });
  const redis = connectImpatient(config.REDIS_URL, config.JOURNAL_TIMEOUT_MS, log);
  const queues = openQueues(redis, config.REDIS_PREFIX);
  const directory = createChannelDirectory({
    channels: models.channels,
    encryptionKey: encryptionKeysOf(config),
    log,
  });
  await directory.start();
  tellReady(log, directory.list());
  const parts = {
    lifecycle: createLifecycle(),
    background: createBackground(log),
    metrics: createApiMetrics(queues),
  };
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS });
  const wake = createWake(queues, config.WAKE_TIMEOUT_MS);
  const accountStates = createAccountStates({ config, http });
  const mediaLinks = createMediaLinks(config);
  const servers = { connection, redis, models, queues, directory };
  const api = { config, wake, http, log, accountStates, mediaLinks, ...servers, ...parts };
  const beating = { processes: models.processes, log, everyMs: config.HEARTBEAT_MS };
  const heartbeat = await startHeartbeat({ ...beating, lifecycle: parts.lifecycle });
  const server = await listen(createApp(api), config.PORT, config.HOST);
  const live = openLive(api, server);
  const stopSteps = [
    ["not ready", () => parts.lifecycle.beginStop()],
    ["close sockets", () => live.close()],
    ["stop taking", () => stopListening(server, parts.lifecycle)],
    ["finish wakes", () => parts.background.settled()],
    ["end heartbeat", () => heartbeat.end()],
    ["forget channels", () => directory.stop()],
    ["close queues", () => closeQueues(queues)],
    ["close calls", () => http.close()],
    ["close redis", () => redis.disconnect()],
    ["close mongo", () => connection.close()],
  ] as const;
  return { address: server.address(), models, queues, directory, stopSteps };
}
