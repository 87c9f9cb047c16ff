import type { Options } from "#cli/parse-flags.ts";

interface Described {
  readonly name: string;
  readonly summary: string;
  readonly operands?: string;
  readonly options: Options;
}

/** One screen: the usage line, then a line per flag. */
export function describeHelp({ name, summary, operands, options }: Described): string {
  const rows = [
    ...Object.entries(options).map(([flag, { value, many, help }]) => ({
      flag: `--${flag}${value === undefined ? "" : ` ${value}`}`,
      help: many === true ? `${help} (repeatable)` : help,
    })),
    { flag: "--json", help: "print JSON" },
  ];
  const width = Math.max(...rows.map(({ flag }) => flag.length));
  const usage = [
    "npm run --silent switchboard --",
    name,
    ...(operands ? [operands] : []),
    "[flags]",
  ];
  return [
    `usage: ${usage.join(" ")}`,
    `${summary}.`,
    "",
    ...rows.map(({ flag, help }) => `  ${flag.padEnd(width)}  ${help}`),
  ].join("\n");
}
