import { readEnv } from "#shared/config/env.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";
import { createLog } from "#shared/runtime/log.ts";
import { connectMongo } from "#shared/runtime/mongo.ts";
import { connectImpatient, connectPatient } from "#shared/runtime/redis.ts";
import { exitOnSurprise, stopOnSignal } from "#shared/runtime/shutdown.ts";
import { openWorker } from "#workers/open-worker.ts";
import { startOps } from "#workers/start-ops.ts";
import { startWorkers } from "#workers/start-workers.ts";
import { createWorkerMetrics } from "#workers/worker-metrics.ts";

const selectionMs = 5000;

const config = readEnv();
const log = createLog(config, "worker");
exitOnSurprise(log);
const connection = await connectMongo(config.MONGODB_URI, selectionMs, log);
const redis = connectImpatient(config.REDIS_URL, config.WAKE_TIMEOUT_MS, log);
const blocking = connectPatient(config.REDIS_URL, log);
const metrics = createWorkerMetrics();
const opened = await openWorker({
  config,
  connection,
  redis,
  count: metrics.countSend,
  onTurn: metrics.observeTurn,
  log,
});
await ensureIndexes(connection);
const workers = startWorkers({ config, opened, blocking, metrics, log });
const ops = await startOps({ config, metrics, connection, redis });
log.info({ event: "started", role: "worker", concurrency: config.WORKER_CONCURRENCY });

stopOnSignal(log, config.SHUTDOWN_MS, [
  ["ready", () => ops.leave()],
  ["quiet", () => workers.quiet()],
  ["drain", () => workers.drain()],
  ["queues", () => opened.close()],
  ["redis", () => Promise.allSettled([redis.quit(), blocking.quit()])],
  ["mongo", () => connection.close()],
  ["ops", () => ops.close()],
]);
