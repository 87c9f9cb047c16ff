// src/workers/main.ts with one function that strikes the process: TEST_BLOW says which and how.
import { readEnv } from "../../src/shared/config/env.ts";
import { createLog } from "../../src/shared/runtime/log.ts";
import { connectMongo } from "../../src/shared/runtime/mongo.ts";
import { connectImpatient, connectPatient } from "../../src/shared/runtime/redis.ts";
import { openWorker } from "../../src/workers/open-worker.ts";
import { startWorkers } from "../../src/workers/start-workers.ts";
import { createWorkerMetrics } from "../../src/workers/worker-metrics.ts";
import { arm, blowSchema } from "./crashing-blow.ts";

const blow = blowSchema.parse(JSON.parse(process.env["TEST_BLOW"] ?? "{}"));
const config = readEnv();
// Lines go out at once: a process that strikes itself has no time to write what it gathered.
const log = createLog(config, "crashing-worker", process.stdout);
const connection = await connectMongo(config.MONGODB_URI, 5000, log);
const redis = connectImpatient(config.REDIS_URL, config.WAKE_TIMEOUT_MS, log);
const blocking = connectPatient(config.REDIS_URL, log);
const metrics = createWorkerMetrics();
const opened = await openWorker({ config, connection, redis, count: metrics.countSend, log });
startWorkers({ config, opened: arm(opened, blow), blocking, metrics, log });
log.info({ event: "started", role: "worker", blow });
