import { startApi } from "#api/start.ts";
import { readEnv } from "#shared/config/env.ts";
import { createLog } from "#shared/runtime/log.ts";
import { exitOnSurprise, stopOnSignal } from "#shared/runtime/shutdown.ts";

const config = readEnv();
const log = createLog(config, "api");
exitOnSurprise(log);
const { address, stopSteps } = await startApi(config, log);
stopOnSignal(log, config.SHUTDOWN_MS, stopSteps);
log.info({ event: "listening", address });
