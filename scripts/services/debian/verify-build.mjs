// A build counts only after both of its servers have done real work.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkMongo } from "../check-mongo.mjs";
import { startGuard } from "../guard.mjs";
import { startFerretdb } from "./ferretdb.mjs";
import { builtParts } from "./recipe.mjs";
import { startRootRedis } from "./redis.mjs";

/** Starts the servers of a build on data of their own and lets them pass the checks. */
export async function verifyBuild(folder) {
  const parts = builtParts(folder);
  const scratch = mkdtempSync(join(tmpdir(), "switchboard-verify-"));
  const guard = startGuard();
  guard.hold({ folder: scratch });
  const started = [];
  try {
    started.push(await startRootRedis({ parts, folder: join(scratch, "redis"), guard }));
    started.push(await startFerretdb({ parts, folder: join(scratch, "mongo"), guard }));
    await checkMongo(started[1].url);
  } finally {
    for (const server of started.toReversed()) await server.stop();
    rmSync(scratch, { recursive: true, force: true });
    guard.end();
  }
}
