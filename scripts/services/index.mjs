// Brings Redis and MongoDB up by the first way that works here, each on its own.
import { join } from "node:path";
import { checkMongo } from "./check-mongo.mjs";
import { startGuard } from "./guard.mjs";
import { NotHere } from "./not-here.mjs";
import * as compose from "./ways/compose.mjs";
import * as debian from "./ways/debian.mjs";
import * as download from "./ways/download.mjs";
import * as environment from "./ways/environment.mjs";
import * as path from "./ways/path.mjs";
import * as testcontainers from "./ways/testcontainers.mjs";

const ways = {
  start: [environment, compose, path, download, debian],
  test: [environment, testcontainers, path, download, debian],
};
const titles = { redis: "Redis", mongo: "MongoDB" };

/** @see index.d.mts */
export async function bringServices(wanted) {
  const request = { verbose: false, log: () => {}, check: true, ...wanted };
  const guard = startGuard();
  if (request.purpose === "test") guard.hold({ folder: request.dataDir });
  const started = [];
  const stop = () => stopAll(started, guard);
  try {
    const redis = await bring("redis", request, guard);
    started.push(redis);
    const mongo = await bring("mongo", request, guard);
    started.push(mongo);
    if (request.check) await checkMongo(mongo.url);
    return describe(redis, mongo, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function describe(redis, mongo, stop) {
  return {
    way: { redis: redis.way, mongo: mongo.way },
    redisUrl: redis.url,
    mongodbUri: mongo.url,
    redis: redis.control,
    mongo: mongo.control,
    stop,
  };
}

/** The ways in their order; why one was not taken is told, and kept for the message when none is left. */
async function bring(kind, request, guard) {
  const reasons = [];
  for (const way of waysFor(kind, request)) {
    try {
      return await bringBy(way, kind, request, guard);
    } catch (error) {
      if (!(error instanceof NotHere)) throw error;
      reasons.push(`${titles[kind]} not by ${way.name}: ${error.message}`);
      if (request.verbose) request.log(reasons.at(-1));
    }
  }
  throw new Error([whatToInstall(kind, request.purpose), ...reasons].join("\n  "));
}

function waysFor(kind, { purpose, own, only }) {
  const possible = own ? ways[purpose].slice(1) : ways[purpose];
  return only?.[kind] ? possible.filter((way) => way.name === only[kind]) : possible;
}

async function bringBy(way, kind, { purpose, dataDir, verbose, log }, guard) {
  if (isSkipped(way)) throw new NotHere("SWITCHBOARD_SKIP_WAYS names it");
  const folder = join(dataDir, way.name, kind);
  const server = await way[kind]({ purpose, folder, guard, verbose, log });
  log(`${titles[kind]} by ${way.name}: ${withoutPassword(server.url)}`);
  return { ...server, way: way.name };
}

function isSkipped(way) {
  return (process.env.SWITCHBOARD_SKIP_WAYS ?? "").split(",").includes(way.name);
}

/** MongoDB first, then Redis, then nothing is left to guard. */
async function stopAll(started, guard) {
  for (const server of started.splice(0).toReversed()) await server.stop();
  guard.end();
}

function withoutPassword(url) {
  return url.replace(/\/\/[^@/]*@/, "//***@");
}

function whatToInstall(kind, purpose) {
  const program = { redis: "redis-server (7 or newer)", mongo: "mongod (8)" }[kind];
  const prefix = purpose === "test" ? "TEST_" : "";
  const variable = prefix + { redis: "REDIS_URL", mongo: "MONGODB_URI" }[kind];
  return `${titles[kind]} cannot be had here. Start Docker, or install ${program}, or set ${variable}. What was tried:`;
}
