import fc from "fast-check";
import { mutate, type Mutation } from "../../../contract/mutate-body.ts";
import { listBodies, readRaw } from "../../../contract/read-fixtures.ts";
import { freshen } from "./freshen.ts";
import { providers, routes, type ProviderName, type Route } from "./routes.ts";
import { spoil, type Spoiling } from "./spoil.ts";

/** One POST as a recipe: what shrinks is the recipe. */
export interface HostileCase {
  readonly route: Route;
  readonly fixture: Fixture;
  /** Absent: the fixture's own ids, time and customer. */
  readonly tag: number | undefined;
  readonly mutations: readonly Mutation[];
  readonly spoiling: Spoiling;
  readonly proof: "right" | "none" | "wrong";
  readonly contentType: string | undefined;
  readonly encoding: string | undefined;
}

interface Fixture {
  readonly name: string;
  readonly body: unknown;
}

/** The bytes of a case. */
export const bytesOf = (
  { fixture, tag, mutations, spoiling }: HostileCase,
  now: number,
): Buffer => {
  const body = tag === undefined ? fixture.body : freshen(fixture.body, tag, now);
  const mutated = mutations.reduce<unknown>(mutate, body);
  return spoil(JSON.stringify(mutated) ?? "", spoiling);
};

const fixturesOf = (provider: string): readonly Fixture[] =>
  listBodies(provider).map((name) => ({
    name: `${provider}/${name}`,
    body: JSON.parse(readRaw(provider, name).toString()),
  }));

/** Keys that mean something to JavaScript, MongoDB or us. */
const keys = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "then",
  "toJSON",
  "$where",
  "$gt",
  "a.b",
  ".",
  "",
  "\0",
  "a\0b",
  "\u{d800}",
  "_id",
  "messages",
  "statuses",
  "entry",
  "idMessage",
  "event",
  "data",
  "channelId",
  "contact_id",
);

const texts = fc.constantFrom(
  "",
  " ",
  "\0",
  "a\0b",
  "\u{d800}",
  "x\u{dc00}y",
  "\u{feff}",
  "\u{202e}abc",
  "я".repeat(129),
  "x".repeat(257),
  "x".repeat(513),
  "x".repeat(5000),
  "x".repeat(70_000),
  "👩‍👩‍👧‍👦".repeat(300),
  "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
  "__proto__",
  "constructor",
  "[object Object]",
  "NaN",
  "-1",
  "1e400",
  "120363000000000001@g.us",
  "120650000000001@lid",
  "status@broadcast",
  "447700900124",
  "447700900124@c.us",
  "edit",
  "revoke",
  "system",
  "{{constructor.constructor('return 1')()}}",
  "${7*7}",
  "<script>alert(1)</script>",
  "'; DROP TABLE users; --",
  "../../../../etc/passwd",
  "http://169.254.169.254/latest/meta-data/",
  "\r\nX-Injected: 1",
);

const values = fc.oneof(
  { weight: 4, arbitrary: texts },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      1e15,
      1e21,
      Number.MAX_VALUE,
      Number.MIN_VALUE,
      2 ** 53,
      4_102_444_799,
      [],
      {},
      [[]],
      [null],
      [{}, []],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      { $gt: "" },
      { $ne: null },
      { $where: "sleep(1000)" },
      { $regex: ".*" },
      { length: 1e9 },
      { toString: 1 },
      { toJSON: 1 },
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(500),
  act: fc.oneof(
    { weight: 2, arbitrary: fc.constant({ kind: "remove" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "double" as const }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("replace" as const), value: values }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("nest" as const),
        depth: fc.constantFrom(1, 2, 10, 58, 100),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("add" as const), key: keys, value: values }),
    },
  ),
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const spoilings: fc.Arbitrary<Spoiling> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom<Spoiling>(
      { kind: "bom" },
      { kind: "utf16" },
      { kind: "twice" },
      { kind: "empty" },
      { kind: "single-quotes" },
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cut" as const), share }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("insert" as const),
      share,
      hex: fc.constantFrom(
        "00",
        "ff",
        "c080",
        "eda080",
        "f4908080",
        "0a",
        "22",
        "5c",
        "7b",
        "e280a8",
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("number" as const),
      text: fc.constantFrom(
        "1e999",
        "-0",
        "9".repeat(400),
        "0x10",
        "01",
        "1_0",
        "NaN",
        "-",
        "1e-999",
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("double-key" as const),
      json: fc.constantFrom("null", "{}", '"x"', "[[]]", String.raw`{"\u005f_proto__":{"a":1}}`),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("deepen" as const),
      depth: fc.constantFrom(50, 64, 65, 1000, 100_000),
      bracket: fc.constantFrom<"[" | "{">("[", "{"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("repeat" as const),
      times: fc.constantFrom(2, 20, 200),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("pad" as const),
      bytes: fc.constantFrom(1000, 70_000, 300_000),
      filler: fc.constantFrom("x", "я", String.raw`\u0000`, String.raw`\ud800`, " "),
    }),
  },
);

const contentTypes = fc.constantFrom(
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/json; charset=utf-16",
  "application/json; charset=nonsense",
  "application/xml",
  ";",
  "a/b;c=\u{ff}",
  "x".repeat(4000),
);
const encodings = fc.constantFrom("identity", "gzip", "br", "deflate, gzip", "x-nonsense");

const fixtures: Readonly<Record<ProviderName, readonly Fixture[]>> = {
  "whatsapp-cloud": fixturesOf("whatsapp-cloud"),
  "green-api": fixturesOf("green-api"),
  wazzup24: fixturesOf("wazzup24"),
  chatrace: fixturesOf("chatrace"),
};

const manual: Fixture = {
  name: "manual",
  body: { client_phone: "+44 7700 900123", message: "typed for a customer" },
};

/** Now and then a body comes to another provider's address. */
const places = fc.constantFrom(
  ...routes.flatMap((route) => fixturesFor(route).map((fixture) => ({ route, fixture }))),
);

function fixturesFor({ provider, isManual, isNobodys }: Route): readonly Fixture[] {
  if (isManual === true) return [manual, manual, manual];
  const others = providers.filter((name) => name !== provider);
  return [
    ...fixtures[provider].slice(0, isNobodys === true ? 5 : Infinity),
    ...others.flatMap((name) => fixtures[name].slice(0, 2)),
  ];
}

/** Mostly one that gets past the secret, and that JSON can read. */
export const hostileCases: fc.Arbitrary<HostileCase> = fc
  .record({
    place: places,
    tag: rarely(4, fc.constant(undefined), fc.nat(1_000_000_000)),
    mutations: fc.array(mutations, { minLength: 1, maxLength: 4 }),
    spoiling: rarely(5, spoilings, fc.constant({ kind: "none" as const })),
    proof: rarely(
      12,
      fc.constantFrom("none" as const, "wrong" as const),
      fc.constant("right" as const),
    ),
    contentType: rarely(
      8,
      fc.option(contentTypes, { nil: undefined }),
      fc.constant("application/json"),
    ),
    encoding: rarely(30, encodings, fc.constant(undefined)),
  })
  .map(({ place, ...rest }) => ({ ...place, ...rest }));

/** Once in so many times the first. */
function rarely<A, B>(times: number, seldom: fc.Arbitrary<A>, usually: fc.Arbitrary<B>) {
  return fc.oneof<[fc.WeightedArbitrary<B>, fc.WeightedArbitrary<A>]>(
    { weight: times - 1, arbitrary: usually },
    { weight: 1, arbitrary: seldom },
  );
}
