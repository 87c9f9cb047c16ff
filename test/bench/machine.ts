import { cpus } from "node:os";
import { Redis } from "ioredis";
import mongoose from "mongoose";

/** On what the figures were measured. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly node: string;
  readonly redis: string;
  readonly mongodb: string;
}

export async function readMachine(redisUrl: string, mongodbUri: string): Promise<Machine> {
  const [first] = cpus();
  return {
    cores: cpus().length,
    cpu: first?.model ?? "unknown",
    node: process.version,
    redis: await redisVersion(redisUrl),
    mongodb: await mongoVersion(mongodbUri),
  };
}

async function redisVersion(url: string): Promise<string> {
  const redis = new Redis(url);
  const info = await redis.info("server");
  const [, fsync = ""] = await redis.config("GET", "appendfsync").then(toTexts);
  redis.disconnect();
  return `${/^redis_version:(.+)$/m.exec(info)?.[1]?.trim()}, appendfsync ${fsync}`;
}

const toTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

async function mongoVersion(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri).asPromise();
  const info = await connection.db?.admin().command({ buildInfo: 1 });
  await connection.close();
  const ferretdb: unknown = info?.["ferretdb"];
  const isFerretdb = typeof ferretdb === "object" && ferretdb !== null && "version" in ferretdb;
  return isFerretdb ? `FerretDB ${String(ferretdb.version)}` : `mongod ${info?.["version"]}`;
}
