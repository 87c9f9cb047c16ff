import { describe, expect, test } from "vitest";
import { z } from "zod";
import * as registered from "#shared/providers/registered.ts";
import { listBodies, readExpectations, type Expectation } from "../contract/read-fixtures.ts";
import { runCli } from "./run-cli.ts";

const expectations = readExpectations();
const line = z.union([
  z.strictObject({ file: z.string(), events: z.array(z.looseObject({ kind: z.string() })) }),
  z.strictObject({ file: z.string(), ignored: z.string() }),
  z.strictObject({
    file: z.string(),
    invalid: z.strictObject({ errors: z.record(z.string(), z.string()) }),
  }),
]);
type Line = z.infer<typeof line>;

const readLines = (out: string): readonly Line[] =>
  out
    .trimEnd()
    .split("\n")
    .map((text) => line.parse(JSON.parse(text)));

const pathOf = (provider: string, fixture: string) => `test/fixtures/${provider}/${fixture}.json`;

describe.each(Object.keys(registered))("normalize --provider %s", (provider) => {
  const expected = expectations[provider] ?? {};
  const fixtures = listBodies(provider);

  test("the manifest speaks of every fixture", () => {
    expect(fixtures.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test("every fixture becomes what the manifest expects, one line per file in order", async () => {
    const plain = fixtures.filter((fixture) => expected[fixture]?.headers === undefined);
    const files = plain.map((fixture) => pathOf(provider, fixture));

    const { out, err, exitCode } = await runCli(["normalize", "--provider", provider, ...files]);

    const lines = readLines(out);
    expect([err, exitCode]).toEqual(["", 0]);
    expect(lines.map(({ file }) => file)).toEqual(files);
    expect(
      plain.map((fixture, index) => ({ fixture, ...factsOf(lines[index], expected[fixture]) })),
    ).toEqual(plain.map((fixture) => ({ fixture, ...expectedFacts(expected[fixture]) })));
  });

  test("headers are passed to the normaliser", async () => {
    const fitting = Object.entries(expected).filter(([, { headers }]) => headers !== undefined);

    const facts = await Promise.all(
      fitting.map(async ([fixture, expectation]) => {
        const pairs = Object.entries(expectation.headers ?? {});
        const flags = pairs.flatMap(([name, value]) => ["--header", `${name}=${value}`]);
        const file = pathOf(provider, fixture);
        const { out } = await runCli(["normalize", "--provider", provider, ...flags, file]);
        return { fixture, ...factsOf(readLines(out)[0], expectation) };
      }),
    );

    expect(facts).toEqual(
      fitting.map(([fixture, expectation]) => ({ fixture, ...expectedFacts(expectation) })),
    );
  });
});

const ignoredKinds: ReadonlySet<string> = new Set(["ignore", "handshake", "reject_or_ignore"]);

const comments: ReadonlySet<string> = new Set(["note", "source", "confidence", "headers"]);

const fieldsOf = (expected: Expectation): object =>
  Object.fromEntries(Object.entries(expected).filter(([name]) => !comments.has(name)));

/** What the manifest says, null meaning absent. */
function expectedFacts(expected?: Expectation): object {
  if (expected === undefined) return { missing: true };
  if (ignoredKinds.has(expected.kind)) return { ignored: true };
  if (expected.kind === "invalid") return { ignored: false };
  if (expected.kind === "batch")
    return { batch: [...(expected.messages ?? []), ...(expected.statuses ?? [])] };
  const kind = expected.kind === "message_from_headers" ? "message" : expected.kind;
  return { events: 1, ...fieldsOf(expected), kind };
}

/** The same facts of what was printed. */
function factsOf(printed?: Line, expected?: Expectation): object {
  if (printed === undefined || expected === undefined) return { missing: true };
  if (!("events" in printed)) return { ignored: "ignored" in printed };
  if (expected.kind === "batch")
    return {
      batch: printed.events.map((event) =>
        event.kind === "status"
          ? `${String(event["messageId"])}:${String(event["status"])}`
          : event["messageId"],
      ),
    };
  const [event] = printed.events;
  const names = Object.keys(fieldsOf(expected));
  const facts = Object.fromEntries(names.map((name) => [name, event?.[name] ?? null]));
  return { events: printed.events.length, ...facts };
}

test("standard input is read for -", async () => {
  const input = JSON.stringify({ typeWebhook: "somethingNew" });

  const { out } = await runCli(["normalize", "--provider", "green-api", "-"], { input });

  expect(JSON.parse(out)).toEqual({ file: "-", ignored: "unknown type somethingNew" });
});

test.each([
  ["{", "the body is not JSON"],
  ["", "the body is empty"],
  ['{"__proto__":{}}', "the body has a forbidden key"],
  ["[".repeat(70), "the body is nested deeper than 64"],
])("a body that cannot be parsed is invalid: %s", async (input, reason) => {
  const args = ["normalize", "--provider", "green-api", "--header", "X-A=1=2", "-"];

  const { out, exitCode } = await runCli(args, { input });

  expect(JSON.parse(out)).toEqual({ file: "-", invalid: { errors: { body: reason } } });
  expect(exitCode).toBe(0);
});

test("a file that cannot be read fails and is named", async () => {
  const ran = await runCli(["normalize", "--provider", "green-api", "test/none.json"]);

  expect(ran).toMatchObject({ out: "", exitCode: 1 });
  expect(ran.err).toContain("could not read test/none.json");
});

test.each([
  [["normalize", "--provider", "pigeon", "x.json"], "is unknown, use one of"],
  [["normalize", "x.json"], "--provider: is missing"],
  [["normalize", "--provider", "green-api"], "FILE…: name a file"],
  [["normalize", "--provider", "green-api", "--header", "x", "-"], "--header: must look like"],
  [["normalize", "--speed", "9", "-"], "--speed"],
  [["fly"], 'unknown command "fly"'],
  [["channel"], 'unknown command "channel"'],
  [[], "no command given"],
])("%j is refused with the usage and exit code 2", async (args, words) => {
  const { out, err, exitCode } = await runCli(args);

  expect([out, exitCode]).toEqual(["", 2]);
  expect(err).toContain(words);
  expect(err).toContain("usage: npm run --silent switchboard --");
});

test.each([[[]], [["normalize"]], [["channel", "add"]], [["send"]], [["bot", "import"]]])(
  "%j --help is one screen and needs no settings",
  async (command) => {
    const { out, err, exitCode } = await runCli([...command, "--help"]);

    expect([err, exitCode]).toEqual(["", 0]);
    expect(out).toContain(["usage: npm run --silent switchboard --", ...command].join(" "));
    expect(out.split("\n").length).toBeLessThan(40);
    expect(Math.max(...out.split("\n").map((each) => each.length))).toBeLessThanOrEqual(100);
  },
);
