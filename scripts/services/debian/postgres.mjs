// PostgreSQL with DocumentDB out of the built root; durable, reachable from this machine only.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createServerProcess } from "../server-process.mjs";
import { inRoot } from "./in-root.mjs";
import { dataMount, postgresBin } from "./recipe.mjs";

/** A stopped PostgreSQL on the data in `folder`/postgres. */
export function createPostgres({ root, folder, port, guard }) {
  const data = join(folder, "postgres");
  const program = [`${postgresBin}/postgres`, "-D", `${dataMount}/postgres`, "-p", `${port}`];
  return createServerProcess({
    name: "PostgreSQL",
    command: inRoot({ root, folder, user: "postgres:postgres", program }),
    env: { LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
    logFile: join(folder, "postgres.log"),
    isReady: (pid) => reportsReady(join(data, "postmaster.pid"), pid),
    guard,
    // Its fast shutdown: open transactions are rolled back, all else is written out.
    stopSignal: "SIGINT",
  });
}

/** What pg_ctl looks at: the first line names the process, the eighth its state. */
function reportsReady(pidFile, pid) {
  if (!existsSync(pidFile)) return false;
  const lines = readFileSync(pidFile, "utf8").split("\n");
  return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
}
