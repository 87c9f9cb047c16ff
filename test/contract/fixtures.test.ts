import { describe, expect, test } from "vitest";
import { parseFor } from "#shared/providers/parse-for.ts";
import type { Provider } from "#shared/providers/provider.ts";
import * as registered from "#shared/providers/registered.ts";
import { readExpectations, readRaw, type Expectation } from "./read-fixtures.ts";

const providers: ReadonlyMap<string, Provider> = new Map(Object.entries(registered));
const expectations = readExpectations();

describe.each([...providers])("%s", (name, provider) => {
  test.each(Object.entries(expectations[name] ?? {}))("normalises %s", (fixture, expected) => {
    const headers = expected.headers ?? {};
    const parsed = parseFor(provider, readRaw(name, fixture), headers);

    expect(parsed).toHaveProperty("body");
    const body = "body" in parsed ? parsed.body : undefined;
    const result = provider.normalize(body, headers);

    checks[kinds.get(expected.kind) ?? "event"](expected, result);
  });

  test("its name is the one it is registered under", () => {
    expect(provider.name).toBe(name);
  });
});

type Result = ReturnType<Provider["normalize"]>;
type Check = (expected: Expectation, result: Result) => void;

const kinds: ReadonlyMap<string, "batch" | "ignored" | "invalid"> = new Map([
  ["batch", "batch"],
  ["ignore", "ignored"],
  ["handshake", "ignored"],
  ["reject_or_ignore", "ignored"],
  ["invalid", "invalid"],
]);

const eventsOf = (result: Result) => ("events" in result ? result.events : []);

const checks: Readonly<Record<"event" | "batch" | "ignored" | "invalid", Check>> = {
  event: (expected, result) => {
    const { note: _, source: __, confidence: ___, headers: ____, kind, ...fields } = expected;
    const entries = Object.entries(fields);
    const present = entries.filter(([, value]) => value !== null);
    const absent = entries.filter(([, value]) => value === null);
    const events = eventsOf(result);

    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      kind: kind === "message_from_headers" ? "message" : kind,
      ...Object.fromEntries(present),
    });
    for (const [key] of absent) expect(events[0]).not.toHaveProperty(key);
  },
  batch: (expected, result) => {
    const seen = eventsOf(result).map((event) =>
      event.kind === "status" ? `${event.messageId}:${event.status}` : event.messageId,
    );

    expect(seen).toEqual([...(expected.messages ?? []), ...(expected.statuses ?? [])]);
  },
  ignored: (_, result) => expect(result).toHaveProperty("ignored"),
  invalid: (_, result) => expect(result).toHaveProperty("invalid"),
};
