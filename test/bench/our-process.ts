import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { clock } from "./clock.ts";
import { peakMemory } from "./process-table.ts";

/** A measured process: the API or a worker as production starts it, its log in a file. */
export interface OurProcess {
  readonly role: Role;
  readonly pid: number;
  readonly port: number;
  /** From the start of the program until it answered that it is ready. */
  readonly readyMs: number;
  readonly peakMb: () => number;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly exited: Promise<void>;
  readonly stop: () => Promise<void>;
}

export type Role = "api" | "workers";

export interface Starting {
  readonly role: Role;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Before production's own arguments of Node. */
  readonly nodeArguments?: readonly string[];
}

const patienceMs = 30_000;

/** Starts it and waits until it is ready. */
export async function startOurs(starting: Starting): Promise<OurProcess> {
  const { role, port, settings, logFile, nodeArguments = [] } = starting;
  mkdirSync(new URL(".", `file://${logFile}`), { recursive: true });
  const log = openSync(logFile, "w");
  const startedAt = clock();
  const child = spawn(process.execPath, [...nodeArguments, ...productionArguments(role)], {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...settings },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const kill = (): void => void child.kill("SIGKILL");
  // A bench that is interrupted leaves nothing behind.
  process.once("exit", kill);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      process.off("exit", kill);
      resolve();
    });
  });
  const lastLines = (): string => readFileSync(logFile, "utf8").split("\n").slice(-10).join("\n");
  while (!(await isReady(port))) {
    const why = child.exitCode === null ? "is not ready" : "ended";
    if (child.exitCode !== null || clock() - startedAt > patienceMs) {
      child.kill("SIGKILL");
      throw new Error(`${role} ${why}:\n${lastLines()}`);
    }
    await wait(5);
  }
  const pid = child.pid ?? 0;
  return {
    role,
    pid,
    port,
    readyMs: clock() - startedAt,
    peakMb: () => peakMemory(pid),
    signal: (signal) => void child.kill(signal),
    exited,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

const scriptNames = { api: "api", workers: "worker" } as const;
const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

/** What `npm run api` and `npm run worker` give to Node. */
function productionArguments(role: Role): readonly string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync("package.json", "utf8")));
  const [program, ...args] = scripts[scriptNames[role]]?.split(" ") ?? [];
  if (program !== "node") throw new Error(`package.json: npm run ${scriptNames[role]} is no node`);
  return args;
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );
