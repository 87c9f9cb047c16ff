import { parseArgs } from "node:util";

const measureNames = [
  "accept",
  "replies",
  "latency",
  "cost",
  "hot",
  "engine",
  "scale",
  "profile",
] as const;
export type MeasureName = (typeof measureNames)[number];

const allSizes = "10,100,1000,10000,100000";

/** What is measured, and how long. */
export interface Flags {
  readonly only: readonly MeasureName[];
  readonly seconds: number;
  readonly conversations: number;
  /** Worker processes and provider latencies; every pair is measured. */
  readonly workers: readonly number[];
  readonly latenciesMs: readonly number[];
  /** Numbers of conversations for `scale`. */
  readonly sizes: readonly number[];
  /** Messages a second into one conversation for `hot`. */
  readonly flood: number;
  readonly isQuick: boolean;
  readonly isVerbose: boolean;
  readonly jsonFile?: string;
  /** More settings for the measured processes, or other values: `--set ACCEPT=queue`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What `--help` prints. */
export const help = `npm run bench -- [flags]
  --only a,b         of ${measureNames.join(", ")};
                     without it all but scale and profile
  --profile          profile as well: .cpuprofile files and flame graphs
  --quick            rough figures in a minute
  --seconds n        how long a measure loads, about (10; --quick: 2)
  --conversations n  (1000)
  --workers 1,2,4    worker processes, for replies and scale
  --latency 0,100    of the provider in ms, for replies and scale
  --sizes 10,100     numbers of conversations, for scale (10 to 100000; --quick: to 1000)
  --flood n          messages a second into one conversation, for hot (100)
  --set NAME=VALUE   a setting of the measured processes; may be repeated
  --json file        the last line, kept there too
  --verbose          what bringing Redis and MongoDB up says`;

/** Throws on anything that `help` does not list. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      profile: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      json: { type: "string" },
      only: { type: "string" },
      seconds: { type: "string" },
      conversations: { type: "string", default: "1000" },
      workers: { type: "string" },
      sizes: { type: "string" },
      flood: { type: "string", default: "100" },
      latency: { type: "string", default: "0,100" },
      set: { type: "string", multiple: true, default: [] },
    },
  });
  const named = values.only?.split(",").map(measureOf) ?? measureNames.slice(0, -2);
  return {
    only: values.profile && !named.includes("profile") ? [...named, "profile"] : named,
    seconds: positive("--seconds", values.seconds ?? (values.quick ? "2" : "10")),
    conversations: positive("--conversations", values.conversations),
    workers: numbers("--workers", values.workers ?? (values.quick ? "1,2" : "1,2,4")),
    latenciesMs: numbers("--latency", values.latency),
    settings: Object.fromEntries(values.set.map(settingOf)),
    sizes: numbers("--sizes", values.sizes ?? (values.quick ? "10,100,1000" : allSizes)),
    flood: positive("--flood", values.flood),
    isQuick: values.quick,
    isVerbose: values.verbose,
    ...(values.json === undefined ? {} : { jsonFile: values.json }),
  };
}

function measureOf(name: string): MeasureName {
  const found = measureNames.find((each) => each === name);
  if (found === undefined) throw new Error(`--only ${name}: one of ${measureNames.join(", ")}`);
  return found;
}

function settingOf(text: string): readonly [name: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new Error(`--set ${text}: must be NAME=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}

const numbers = (flag: string, text: string): readonly number[] =>
  text.split(",").map((each) => {
    const value = Number(each);
    if (!Number.isInteger(value) || value < 0) throw new Error(`${flag} ${text}: whole numbers`);
    return value;
  });

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${flag} ${text}: must be a number above 0`);
  return value;
}
