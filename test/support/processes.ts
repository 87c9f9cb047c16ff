import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { eventually } from "./eventually.ts";

type Settings = Readonly<Record<string, string>>;
type Line = Readonly<Record<string, unknown>>;

/** One of our processes: a real one, that can be killed and frozen. */
export interface TestProcess {
  readonly child: ChildProcess;
  readonly lines: readonly Line[];
  readonly text: readonly string[];
  readonly exited: Promise<number | null>;
  /** The first log line of this event; waits for it. */
  readonly line: (event: string, patienceMs?: number) => Promise<Line>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGKILL, and gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and gone; answers the exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts a main file with these settings and nothing of the test's own environment. */
export function startProcess(main: string, settings: Settings): TestProcess {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["--import", "./scripts/compile-cache.mjs", main], {
    env: { PATH, HOME, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  killAtTheEnd(child);
  const text: string[] = [];
  const lines: Line[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", (line) => {
      text.push(line);
      lines.push(parseLine(line));
      if (lines.length > mostLines) forgetOldest(text, lines);
    });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    child,
    lines,
    text,
    exited,
    line: (event, patienceMs = 15_000) =>
      eventually(() => {
        const found = lines.find((line) => line["event"] === event);
        if (found !== undefined) return found;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Ended(`${main} ended:\n${text.slice(-20).join("\n")}`);
        throw new Error(`${main} did not say ${event}:\n${text.slice(-20).join("\n")}`);
      }, patienceMs),
    signal: (signal) => void child.kill(signal),
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}

const running = new Set<ChildProcess>();

const killRunning = (): void => {
  for (const child of running) child.kill("SIGKILL");
};

/** A run that is broken off leaves no process behind. */
function killAtTheEnd(child: ChildProcess): void {
  if (running.size === 0) process.once("exit", killRunning);
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    if (running.size === 0) process.off("exit", killRunning);
  });
}

const mostLines = 50_000;

/** A long run says much; of its older half only warnings and worse are kept. */
function forgetOldest(text: string[], lines: Line[]): void {
  const half = mostLines / 2;
  const isKept = ({ level }: Line): boolean => typeof level === "number" && level >= 40;
  const keptText = text.slice(0, half).filter((_, at) => isKept(lines[at] ?? {}));
  const keptLines = lines.slice(0, half).filter(isKept);
  text.splice(0, half, ...keptText);
  lines.splice(0, half, ...keptLines);
}

/** Nothing more will come: no use to wait. */
class Ended extends Error {
  readonly isFinal = true;
}

function parseLine(line: string): Line {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
