// Which processes there are: from /proc where it exists (small machines have no `ps`), else from `ps`.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Every living process with its parent; zombies are not living. */
export function processTable() {
  const rows = existsSync("/proc/self/stat") ? fromProc() : fromPs();
  return rows.filter(({ state }) => !state.startsWith("Z"));
}

/** Whether the process still runs. */
export function isAlive(pid) {
  if (existsSync("/proc/self/stat")) return procRow(pid).some(({ state }) => state !== "Z");
  return processTable().some((row) => row.pid === pid);
}

function fromProc() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(procRow);
}

/** The name in brackets may hold anything, so the fields are counted from its end. */
function procRow(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return [{ pid: Number(pid), parent: Number(parent), state }];
  } catch {
    return [];
  }
}

function fromPs() {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({ pid: Number(pid), parent: Number(parent), state }));
}
