import { readEnv } from "#shared/config/env.ts";
import { createLog } from "#shared/runtime/log.ts";
import { connectMongo } from "#shared/runtime/mongo.ts";
import { connectImpatient } from "#shared/runtime/redis.ts";
import { failedCode, type ChildWord } from "#workers/conversation/drain-suspect.ts";
import { drain } from "#workers/conversation/drain.ts";
import { openWorker } from "#workers/open-worker.ts";

/** The child of `drain-suspect.ts`: drains one conversation and tells its parent what it takes in hand. */
const conversationId = process.argv[2] ?? "";
const config = readEnv();
const log = createLog(config, "suspect");
const tell = (word: ChildWord): void => void process.send?.(word, undefined, {}, () => undefined);
// Nobody would count this process's death any more.
process.once("disconnect", () => process.exit(failedCode));

async function drainAlone(): Promise<void> {
  const connection = await connectMongo(config.MONGODB_URI, 5000, log);
  const redis = connectImpatient(config.REDIS_URL, config.WAKE_TIMEOUT_MS, log);
  const worker = await openWorker({ config, connection, redis, count: () => undefined, log });
  tell("ready");
  const onRead = (webhookId: string): void => tell(`read ${webhookId}`);
  const onHead = (eventId: string): void => tell(`head ${eventId}`);
  await drain({ ...worker.drain, onRead, onHead }, conversationId);
}

/** What can be caught is an outage or the like, not a death. */
async function run(): Promise<number> {
  try {
    await drainAlone();
    return 0;
  } catch (error) {
    log.warn({ event: "suspect.failed", conversationId, err: error });
    return failedCode;
  }
}

process.exit(await run());
