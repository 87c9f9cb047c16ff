import { expect, test } from "vitest";
import { costOfTurn } from "./turn-cost.ts";

test("commands, documents and bytes are shared out among the turns, each server's apart", () => {
  const seen = {
    mongo: {
      "insert webhooks": { commands: 2, operations: 10, returned: 0 },
      "find conversations": { commands: 1, operations: 20, returned: 20 },
    },
    redis: { evalsha: 40, ping: 5 },
    bytes: {
      27017: { sent: 5000, received: 1000 },
      7001: { sent: 300, received: 200 },
      443: { sent: 9999, received: 9999 },
    },
  };

  const urls = { redisUrl: "redis://127.0.0.1:7001", mongodbUri: "mongodb://localhost/here" };
  const cost = costOfTurn(seen, 10, urls);

  expect(cost).toEqual({
    mongoCommands: 0.3,
    documentOperations: 3,
    redisCommands: 4.5,
    bytesToMongo: 500,
    bytesFromMongo: 100,
    bytesToRedis: 30,
    bytesFromRedis: 20,
  });
});
