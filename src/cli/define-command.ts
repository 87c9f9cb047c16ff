import type { z } from "zod";
import { describeHelp } from "#cli/describe-help.ts";
import { parseFlags, type Options } from "#cli/parse-flags.ts";

/** A command as the table knows it. */
export interface Command {
  readonly help: string;
  /** Takes the arguments after the name; resolves to what is printed. */
  run(args: readonly string[]): Promise<string>;
}

export interface Definition<Flags> {
  readonly name: string;
  readonly summary: string;
  /** How the arguments without a flag are called in the usage. */
  readonly operands?: string;
  readonly options: Options;
  /** Checks the flags (in camel case) and `operands`. */
  readonly schema: z.ZodType<Flags>;
  run(flags: Flags & { readonly json: boolean }): Promise<string>;
}

/** Binds a command's flags to what it does with them. */
export function defineCommand<Flags>(definition: Definition<Flags>): Command {
  return {
    help: describeHelp(definition),
    run: (args) => {
      const { flags, json } = parseFlags(args, definition);
      return definition.run({ ...flags, json });
    },
  };
}

/** JSON for programs, a short text for people. */
export const print = (json: boolean, value: unknown, text: string): string =>
  json ? JSON.stringify(value) : text;
