import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

const listening = z.object({
  event: z.literal("listening"),
  address: z.object({ port: z.number() }),
});

/** `src/api/main.ts` as a process of its own, listening. */
export async function startApiProcess(env: Readonly<Record<string, string>>) {
  const child = spawnApi(env);
  const lines: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", () => reject(new Error(`the API ended:\n${lines.join("\n")}`)));
    createInterface(child.stdout).on("line", (line) => {
      lines.push(line);
      const parsed = listening.safeParse(JSON.parse(line));
      if (parsed.success) resolve(parsed.data.address.port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    exited: once(child, "exit"),
  };
}

/** Runs it until it ends by itself. */
export async function runApiProcess(env: Readonly<Record<string, string>>) {
  const child = spawnApi(env);
  const chunks: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code]: unknown[] = await once(child, "close");
  return { code, errors: Buffer.concat(chunks).toString() };
}

const spawnApi = (env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ["--import", "./scripts/compile-cache.mjs", "src/api/main.ts"], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
