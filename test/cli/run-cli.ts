import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { once } from "node:events";

const preload = ["--import", "./scripts/compile-cache.mjs"];

export interface Ran {
  readonly out: string;
  readonly err: string;
  readonly exitCode: unknown;
}

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** Runs the real command line in a process of its own, with no settings but those given. */
export async function runCli(args: readonly string[], { env = {}, input = "" }: Given = {}) {
  const child = spawn(process.execPath, [...preload, "src/cli/main.ts", ...args], {
    env: { ...env },
  });
  child.stdin.on("error", () => undefined).end(input);
  const [out, err, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { out, err, exitCode } satisfies Ran;
}
