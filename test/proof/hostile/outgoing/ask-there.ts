import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export interface Ask {
  readonly url: string;
  readonly guarded: boolean;
  /** Open for guarded addresses besides 80 and 443. */
  readonly ports: readonly number[];
}

const program = fileURLToPath(new URL("ask-all.ts", import.meta.url));

/** Node's options that make a process ask the proof's own name server. */
export const resolveThere = (dns: string) => ({
  PROOF_DNS: dns,
  NODE_OPTIONS: `--import=${new URL("resolve-there.ts", import.meta.url).href}`,
});

/** Asks from a process of its own; one outcome for each: a status, or the phase of its failure. */
export async function askThere(dns: string, asks: readonly Ask[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env["PATH"], ...resolveThere(dns) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(asks));
  const [answers] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return z.array(z.string()).parse(JSON.parse(answers));
}
