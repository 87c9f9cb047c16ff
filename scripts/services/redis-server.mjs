// How a Redis of ours is run, wherever its program comes from.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { redisAnswers } from "./answers.mjs";
import { freePort } from "./free-port.mjs";
import { createServerProcess } from "./server-process.mjs";

/** What the queues need: every write on disk before its answer, and nothing thrown away for space. */
export const redisOptions = Object.entries({
  "--appendonly": "yes",
  "--appendfsync": "always",
  "--maxmemory-policy": "noeviction",
  "--save": "",
}).flat();

/** Starts Redis on its own data; `wrap` turns a program of Redis and its arguments into the command to run. */
export async function startRedis({ folder, guard, wrap, seenFolder = folder }) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const place = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", seenFolder];
  const server = createServerProcess({
    name: "redis-server",
    command: wrap("redis-server", [...place, ...redisOptions, "--daemonize", "no"]),
    logFile: join(folder, "server.log"),
    isReady: () => redisAnswers(url),
    guard,
    stopSignal: "SIGTERM",
  });
  const cutBack = async (unixSeconds) => {
    const manifest = `${seenFolder}/appendonlydir/appendonly.aof.manifest`;
    const [program, ...args] = wrap("redis-check-aof", [
      "--truncate-to-timestamp",
      `${unixSeconds}`,
      manifest,
    ]);
    await promisify(execFile)(program, args);
  };
  await server.start();
  return { url, control: { ...server, cutBack }, stop: server.stop };
}
