// Redis 8 and FerretDB on PostgreSQL with DocumentDB, built once into the user's cache. Debian as root only.
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startFerretdb } from "../debian/ferretdb.mjs";
import { builtParts, cachePaths, isBuilt } from "../debian/recipe.mjs";
import { startRootRedis } from "../debian/redis.mjs";
import { NotHere } from "../not-here.mjs";

const builder = fileURLToPath(new URL("../debian/build.mjs", import.meta.url));

const signals = ["SIGINT", "SIGTERM", "exit"];

export const name = "debian";

/** @see Way in index.d.mts */
export async function redis({ folder, guard, log }) {
  const parts = builtParts(await builtOnce(log));
  makeReachable(folder);
  return startRootRedis({ parts, folder, guard });
}

/** @see Way in index.d.mts */
export async function mongo({ folder, guard, log }) {
  const parts = builtParts(await builtOnce(log));
  makeReachable(folder);
  return startFerretdb({ parts, folder, guard });
}

/** PostgreSQL runs as a user of its own and sees this folder as the root of its data. */
function makeReachable(folder) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}

/** The folder of the complete build; the first caller on a machine waits for it to be built. */
export async function builtOnce(log) {
  refuseElsewhere();
  const { base, built, lock } = cachePaths();
  mkdirSync(base, { recursive: true });
  if (!isBuilt()) await build(lock, log);
  if (!isBuilt())
    throw new Error("Redis and FerretDB could not be built (the lines above say why)");
  return built;
}

function refuseElsewhere() {
  if (process.platform !== "linux" || !/^ID=debian$/m.test(osRelease()))
    throw new NotHere("this machine does not run Debian");
  if (process.getuid() !== 0) throw new NotHere("building on Debian needs root");
}

function osRelease() {
  return existsSync("/etc/os-release") ? readFileSync("/etc/os-release", "utf8") : "";
}

/** The lock is the kernel's: it ends with its holder, however that ends. */
function build(lock, log) {
  log("Redis and MongoDB are built for this machine, or another builder is waited for");
  const child = spawn("flock", ["--no-fork", lock, process.execPath, builder], {
    // Progress is no result: whoever reads our output gets none of it.
    stdio: ["ignore", 2, 2],
  });
  const forward = () => child.kill("SIGTERM");
  for (const signal of signals) process.once(signal, forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).finally(() => signals.forEach((signal) => process.off(signal, forward)));
}
