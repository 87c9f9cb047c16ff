import { existsSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Bench } from "./bench.ts";
import { clock } from "./clock.ts";
import type { OurProcess, Role } from "./our-process.ts";

const preload = fileURLToPath(new URL("probe.ts", import.meta.url));
const patienceMs = 60_000;

/** A probe inside each measured process: what to start them with, and how to ask for what it saw. */
export function createProbes(bench: Bench, kind: "count" | "profile") {
  const fileOf = (role: Role, place: number): string =>
    resolve(bench.folder, kind === "profile" ? `${role}.cpuprofile` : `${role}-${place}.json`);
  const toggle = async (process: OurProcess, place: number): Promise<unknown> => {
    const file = fileOf(process.role, place);
    rmSync(file, { force: true });
    process.signal("SIGUSR2");
    const until = clock() + patienceMs;
    while (!existsSync(file)) {
      if (clock() > until) throw new Error(`the probe in ${process.role} does not answer`);
      await wait(5);
    }
    return JSON.parse(readFileSync(file, "utf8"));
  };
  return {
    settings: (role: Role, place: number) => ({
      NODE_OPTIONS: `${bench.flags.settings["NODE_OPTIONS"] ?? ""} --import=${preload}`,
      BENCH_PROBE: kind,
      BENCH_PROBE_FILE: fileOf(role, place),
    }),
    /** Begins at the first call; at the second it ends and answers what it saw. */
    toggle: (processes: readonly OurProcess[]): Promise<readonly unknown[]> =>
      Promise.all(processes.map((process) => toggle(process, placeOf(processes, process)))),
  };
}

const placeOf = (processes: readonly OurProcess[], { role, pid }: OurProcess): number =>
  processes.filter((each) => each.role === role).findIndex((each) => each.pid === pid);
