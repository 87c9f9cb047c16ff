import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import type { z } from "zod";
import { UsageError } from "#cli/failures.ts";

interface Option {
  /** What stands for the value in the usage; without it the flag is a switch. */
  readonly value?: string;
  readonly many?: boolean;
  readonly help: string;
}
export type Options = Readonly<Record<string, Option>>;

interface Wanted<Flags> {
  readonly operands?: string;
  readonly options: Options;
  readonly schema: z.ZodType<Flags>;
}

/** Arguments to checked flags in camel case; every fault at once, each with its flag. */
export function parseFlags<Flags>(
  args: readonly string[],
  { operands, options, schema }: Wanted<Flags>,
): { readonly flags: Flags; readonly json: boolean } {
  const { values, positionals } = readArguments(args, options, operands !== undefined);
  const { json, ...given } = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [toCamelCase(name), value]),
  );
  const parsed = schema.safeParse({ ...given, operands: positionals });
  if (parsed.success) return { flags: parsed.data, json: json === true };
  const faults = parsed.error.issues.map(({ path, message }) => {
    const [field] = path;
    const isMissing = field !== "operands" && given[String(field)] === undefined;
    const named = field === "operands" ? (operands ?? "") : toFlag(String(field));
    return field === undefined ? message : `${named}: ${isMissing ? "is missing" : message}`;
  });
  throw new UsageError(faults.join("\n  "));
}

function readArguments(args: readonly string[], options: Options, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...args], options: toConfig(options), allowPositionals });
  } catch (error) {
    // Node's own words name the flag and say what is wrong with it.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const toConfig = (options: Options): ParseArgsOptionsConfig => ({
  json: { type: "boolean" },
  ...Object.fromEntries(
    Object.entries(options).map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? "boolean" : "string", multiple: many } as const,
    ]),
  ),
});

const toCamelCase = (name: string): string =>
  name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const toFlag = (field: string): string =>
  `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
