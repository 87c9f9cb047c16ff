// Preloaded into a measured process. The first SIGUSR2 begins, the second writes what was seen.
import { Session } from "node:inspector/promises";
import { renameSync, writeFileSync } from "node:fs";
import { Command, Redis } from "ioredis";
import mongoose from "mongoose";
import { z } from "zod";
import { bytesBetween, watchBytes, type BytesByPort } from "./count-bytes.ts";
import { documentsIn } from "./documents-in.ts";

type Counts = Record<string, { commands: number; operations: number; returned: number }>;

const file = process.env["BENCH_PROBE_FILE"] ?? "";
const isProfile = process.env["BENCH_PROBE"] === "profile";
let mongo: Counts = {};
let redis: Record<string, number> = {};
let bytes: BytesByPort = {};
const readBytes = watchBytes();
let isRunning = false;
const session = new Session();
const answer = z.object({ cursor: z.object({ firstBatch: z.array(z.unknown()) }) });

process.on("SIGUSR2", () => {
  const step = isRunning ? end() : begin();
  isRunning = !isRunning;
  step.catch((error: unknown) => process.stderr.write(`probe: ${String(error)}\n`));
});

if (!isProfile) {
  countMongo();
  countRedis();
}

async function begin(): Promise<void> {
  mongo = {};
  redis = {};
  bytes = readBytes();
  if (isProfile) {
    session.connect();
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: 500 });
    await session.post("Profiler.start");
  }
  write({ begun: true });
}

async function end(): Promise<void> {
  if (isProfile) write((await session.post("Profiler.stop")).profile);
  else write({ mongo, redis, bytes: bytesBetween(bytes, readBytes()) });
}

/** Whoever waits for the file never sees half of it. */
function write(what: object): void {
  writeFileSync(`${file}.part`, JSON.stringify(what));
  renameSync(`${file}.part`, file);
}

/** The driver tells its commands only where it was asked to before it connects. */
function countMongo(): void {
  const { prototype } = mongoose.mongo.MongoClient;
  before(prototype, "connect", (client) => {
    if (client instanceof mongoose.mongo.MongoClient) listen(client);
  });
}

function listen(client: mongoose.mongo.MongoClient): void {
  Object.assign(client.options, { monitorCommands: true });
  const open = new Map<number, string>();
  client.on("commandStarted", ({ requestId, commandName, command }) => {
    const key = `${commandName} ${String(command[commandName])}`;
    const seen = (mongo[key] ??= { commands: 0, operations: 0, returned: 0 });
    seen.commands += 1;
    seen.operations += documentsIn(command);
    open.set(requestId, key);
  });
  client.on("commandSucceeded", ({ requestId, reply }) => {
    const seen = mongo[open.get(requestId) ?? ""];
    open.delete(requestId);
    if (seen !== undefined)
      seen.returned += answer.safeParse(reply).data?.cursor.firstBatch.length ?? 0;
  });
}

function countRedis(): void {
  before(Redis.prototype, "sendCommand", (_client, [command]) => {
    const name = command instanceof Command ? command.name : "unknown";
    redis[name] = (redis[name] ?? 0) + 1;
  });
}

/** Looks on before each call of a method. */
function before(
  prototype: object,
  name: string,
  look: (self: unknown, args: readonly unknown[]) => void,
): void {
  const method: unknown = Reflect.get(prototype, name);
  if (typeof method !== "function") throw new Error(`${name} is no method any more`);
  const apply = (target: object, self: unknown, args: unknown[]): unknown => {
    look(self, args);
    return typeof target === "function" ? Reflect.apply(target, self, args) : undefined;
  };
  Reflect.set(prototype, name, new Proxy(method, { apply }));
}
