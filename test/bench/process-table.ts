import { readdirSync, readFileSync } from "node:fs";

/** A process as /proc tells it. */
interface Entry {
  readonly pid: number;
  readonly parent: number;
  readonly cpuMs: number;
  /** CPU of children that ended. */
  readonly endedMs: number;
  readonly command: string;
}

const tickMs = 10;

/** Every process of this machine; empty where there is no /proc. */
export function readProcesses(): readonly Entry[] {
  return list("/proc").flatMap((name) => (/^\d+$/.test(name) ? readEntry(Number(name)) : []));
}

function readEntry(pid: number): readonly Entry[] {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === "") return [];
  // The name in brackets may hold blanks: fields are counted from after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = (place: number): number => Number(fields[place]) * tickMs;
  return [
    {
      pid,
      parent: Number(fields[1]),
      cpuMs: ticks(11) + ticks(12),
      endedMs: ticks(13) + ticks(14),
      command: read(`/proc/${pid}/cmdline`).replaceAll("\0", " "),
    },
  ];
}

/** CPU of a process and all that it started. */
export function cpuOfTree(entries: readonly Entry[], root: number): number {
  const own = entries.find(({ pid }) => pid === root);
  if (own === undefined) return 0;
  const children = entries.filter(({ parent }) => parent === root);
  const below = children.reduce((sum, { pid }) => sum + cpuOfTree(entries, pid), 0);
  return own.cpuMs + own.endedMs + below;
}

/** The most memory that the process ever had resident, in MB. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) / 1024;
}

/** The server that was started for this port; undefined where it is in a container or elsewhere. */
export function findServer(
  entries: readonly Entry[],
  program: RegExp,
  port: string,
): Entry | undefined {
  const found = entries.filter(
    ({ command }) => program.test(command.split(" ")[0] ?? "") && command.includes(port),
  );
  return found.find(({ parent }) => !found.some(({ pid }) => pid === parent));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A process may end while we look. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
