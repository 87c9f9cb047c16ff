import { Redis } from "ioredis";
import type { TestSystem } from "../../../support/system.ts";
import { operator } from "../stage.ts";
import { queueNames } from "../../../../src/shared/queues/queues.ts";

/** A place that somebody may look at, and everything that stands there. */
export interface Haystack {
  readonly name: string;
  readonly text: string;
}

/** Every key of the system's in Redis, with its value. */
export async function dumpRedis(url: string, prefix: string): Promise<Haystack> {
  const redis = new Redis(url);
  const parts: string[] = [];
  for (const key of await redis.keys(`${prefix}*`)) {
    const type = await redis.type(key);
    parts.push(key, JSON.stringify(await readKey(redis, key, type)));
  }
  redis.disconnect();
  return { name: "Redis", text: parts.join("\n") };
}

function readKey(redis: Redis, key: string, type: string): Promise<unknown> {
  if (type === "string") return redis.get(key);
  if (type === "hash") return redis.hgetall(key);
  if (type === "list") return redis.lrange(key, 0, -1);
  if (type === "set") return redis.smembers(key);
  if (type === "zset") return redis.zrange(key, 0, "-1");
  return type === "stream" ? redis.xrange(key, "-", "+") : Promise.resolve(type);
}

/** Every document of every collection; bytes as the text that they are. */
export async function dumpMongo({ database }: TestSystem): Promise<Haystack> {
  const collections = (await database.db?.listCollections().toArray()) ?? [];
  const parts = await Promise.all(
    collections.map(async ({ name }) => {
      const found = await database.collection(name).find({}, { promoteBuffers: true }).toArray();
      return found.map((document) => JSON.stringify(document, writeBytes)).join("\n");
    }),
  );
  return { name: "MongoDB", text: parts.join("\n") };
}

/** A buffer has become `{type, data}` before a replacer sees it. */
function writeBytes(_key: string, value: unknown): unknown {
  const isBytes =
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    "type" in value &&
    value.type === "Buffer";
  return isBytes && Array.isArray(value.data) ? Buffer.from(value.data).toString("latin1") : value;
}

const get = async (url: string): Promise<string> =>
  (await fetch(url, { headers: { authorization: operator } })).text();

const states = ["waiting", "active", "completed", "failed", "delayed", "paused", "latest"];

/** What operators see in a browser: the board's pages with every job, and the figures. */
export async function readPages(system: TestSystem, workerUrl: string): Promise<Haystack> {
  const board = `${system.api.url}/ops/queues`;
  const lists = queueNames.flatMap((queue) =>
    states.map(
      (state) => `${board}/api/queues?activeQueue=${queue}&status=${state}&page=1&jobsPerPage=100`,
    ),
  );
  const urls = [
    `${board}/`,
    `${board}/api/queues`,
    `${board}/api/redis/stats`,
    ...lists,
    `${system.api.url}/metrics`,
    ...(workerUrl === "" ? [] : [`${workerUrl}/metrics`]),
  ];
  return { name: "pages and metrics", text: (await Promise.all(urls.map(get))).join("\n") };
}

export interface Needle {
  readonly name: string;
  readonly secret: string;
}

/** Where a secret stands, as it is or in a spelling that anybody reads back. */
export function search(
  haystacks: readonly Haystack[],
  needles: readonly Needle[],
): readonly string[] {
  return haystacks.flatMap(({ name, text }) =>
    needles.flatMap((needle) =>
      spellingsOf(needle.secret).flatMap((spelling) => {
        const at = text.indexOf(spelling);
        if (at < 0) return [];
        const around = text.slice(Math.max(0, at - 80), at + spelling.length + 40);
        return [`${needle.name} in ${name}: …${around}…`];
      }),
    ),
  );
}

const spellingsOf = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  const basic = Buffer.from(`admin:${secret}`).toString("base64");
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      bytes.toString("base64"),
      bytes.toString("base64url"),
      bytes.toString("hex"),
      basic,
    ]),
  ];
};
