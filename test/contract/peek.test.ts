import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { peerOf } from "#shared/domain/ids.ts";
import type { Provider } from "#shared/providers/provider.ts";
import * as registered from "#shared/providers/registered.ts";
import { listBodies, readExpectations, readRaw } from "./read-fixtures.ts";
import { mutate, type Mutation } from "./mutate-body.ts";

const runs = { numRuns: 400 };

describe.each(Object.entries(registered))("%s", (name, provider) => {
  const fixtures = listBodies(name).map((fixture) => readBody(name, fixture));

  test("peeks what it normalises, for every fixture", () => {
    for (const fixture of listBodies(name)) {
      const { headers = {} } = readExpectations()[name]?.[fixture] ?? {};
      expect(findMissed(provider, readBody(name, fixture), headers)).toEqual([]);
    }
  });

  test("peeks what it normalises, for fixtures with parts changed, doubled and taken away", () => {
    const bodies = fc
      .tuple(fc.constantFrom(...fixtures), fc.array(mutation, { minLength: 1, maxLength: 4 }))
      .map(([body, mutations]) => mutations.reduce<unknown>(mutate, body));

    const property = fc.property(bodies, (body) => isPeeked(provider, body));

    expect(() => fc.assert(property, runs)).not.toThrow();
  });

  test("throws at nothing that JSON can say", () => {
    const property = fc.property(fc.jsonValue(), (body) => isPeeked(provider, body));

    expect(() => fc.assert(property, runs)).not.toThrow();
  });

  test("gives every body at least one part", () => {
    for (const body of [...fixtures, null, 1, "", [], {}]) {
      expect(provider.peek(body, {}).length).toBeGreaterThan(0);
    }
  });
});

function readBody(name: string, fixture: string): unknown {
  return JSON.parse(readRaw(name, fixture).toString());
}

const isPeeked = (provider: Provider, body: unknown) => findMissed(provider, body).length === 0;

/** Events whose conversation no part names. */
const findMissed = (provider: Provider, body: unknown, headers = {}) => {
  const parts = provider.peek(body, headers);
  const result = provider.normalize(body, headers);
  const events = "events" in result ? result.events : [];
  return events.filter((event) => {
    const part = parts.find(({ account }) => account === event.channelId);
    const peer = peerOf(event);
    return part === undefined || (peer === undefined ? !part.receipts : !part.peers.includes(peer));
  });
};

const oddities = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    "",
    "x".repeat(257),
    "я".repeat(129),
    "a\u0000b",
    "447700900124",
    "120363000000000001@g.us",
    "120650000000001@lid",
    "status@broadcast",
    "__proto__",
    "edit",
    "revoke",
    "system",
    1e15,
    -1,
    Infinity,
  ),
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  act: fc.oneof(
    fc.constant({ kind: "remove" as const }),
    fc.constant({ kind: "double" as const }),
    fc.record({ kind: fc.constant("replace" as const), value: oddities }),
  ),
});
