import { parseArgs } from "node:util";

export interface Flags {
  readonly seed: number;
  /** How many mutated bodies are posted. */
  readonly messages: number;
  /** Parts of the proof by name; empty means all. */
  readonly only: readonly string[];
  readonly isVerbose: boolean;
}

/** `--seed N --messages N --only bodies,secrets`. Throws on anything else. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: "string", default: "1" },
      messages: { type: "string", default: "1000000" },
      only: { type: "string", default: "" },
      verbose: { type: "boolean", default: false },
    },
  });
  return {
    seed: whole("--seed", values.seed),
    messages: whole("--messages", values.messages),
    only: values.only.split(",").filter((name) => name !== ""),
    isVerbose: values.verbose,
  };
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${flag} ${text}: a whole number above 0`);
  return value;
}
