import { z } from "zod";
import { bytesByPort } from "./count-bytes.ts";
import { round } from "./percentiles.ts";

/** What a probe that counts saw inside one process. */
export const counts = z.object({
  mongo: z.record(
    z.string(),
    z.object({ commands: z.number(), operations: z.number(), returned: z.number() }),
  ),
  redis: z.record(z.string(), z.number()),
  bytes: bytesByPort,
});
export type Counts = z.infer<typeof counts>;

/** What one process asks of the servers for one turn. */
export interface TurnCost {
  readonly mongoCommands: number;
  /** Documents inserted or updated, and keys asked for. */
  readonly documentOperations: number;
  readonly redisCommands: number;
  readonly bytesToMongo: number;
  readonly bytesFromMongo: number;
  readonly bytesToRedis: number;
  readonly bytesFromRedis: number;
}

interface Urls {
  readonly redisUrl: string;
  readonly mongodbUri: string;
}

/** Everything that was counted, divided by `turns`. */
export function costOfTurn(seen: Counts, turns: number, { redisUrl, mongodbUri }: Urls): TurnCost {
  const mongo = Object.values(seen.mongo);
  const toMongo = seen.bytes[portOf(mongodbUri, 27_017)];
  const toRedis = seen.bytes[portOf(redisUrl, 6379)];
  const each = (total: number, digits: number): number => round(total / turns, digits);
  return {
    mongoCommands: each(sum(mongo.map(({ commands }) => commands)), 3),
    documentOperations: each(sum(mongo.map(({ operations }) => operations)), 2),
    redisCommands: each(sum(Object.values(seen.redis)), 2),
    bytesToMongo: each(toMongo?.sent ?? 0, 0),
    bytesFromMongo: each(toMongo?.received ?? 0, 0),
    bytesToRedis: each(toRedis?.sent ?? 0, 0),
    bytesFromRedis: each(toRedis?.received ?? 0, 0),
  };
}

const portOf = (url: string, usual: number): string => new URL(url).port || String(usual);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
