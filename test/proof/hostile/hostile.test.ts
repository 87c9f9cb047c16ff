import { expect, inject, test } from "vitest";
import { parts } from "./parts.ts";

const minutes = 60_000;
const stage = () => ({
  redisUrl: inject("redisUrl"),
  mongodbUri: inject("mongodbUri"),
  seed: 1,
  messages: 20_000,
  isTimed: false,
  say: () => undefined,
});

const promises: readonly (readonly [part: keyof typeof parts, promise: string])[] = [
  ["templates", "a template of another engine's language is never evaluated"],
  ["patterns", "no known bad pattern runs away: each is matched or refused"],
  ["signatures", "nothing but the exact proof opens a channel, and a repeated body has one effect"],
  ["outgoing", "no address that a user may write leads a call to this machine"],
  ["secrets", "no secret can be read anywhere but where it is kept"],
  ["operators", "no operator that a caller writes chooses documents"],
  ["giants", "the largest and costliest bodies are answered and worked off"],
  ["bodies", "20,000 mutated bodies: no fault of ours, each 200 kept, nothing stuck"],
];

test.for(promises)("%s: %s", { timeout: 5 * minutes }, async ([part]) => {
  const claim = await parts[part]?.(stage());

  expect(claim?.faults).toEqual([]);
});
