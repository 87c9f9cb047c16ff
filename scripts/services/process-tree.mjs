// Signals for a server together with every process below it: PostgreSQL's workers leave its process group.
import { isAlive, processTable } from "./process-table.mjs";
import { waitUntil } from "./wait-until.mjs";

/** Kills at once and waits until none of them is left. */
export async function killTree(pid) {
  const pids = signalTree(pid, "SIGSTOP");
  for (const one of pids) send(one, "SIGKILL");
  await waitUntil(() => !pids.some(isAlive), { limitMs: 10_000, what: `process ${pid} gone` });
}

/** Signals the process and then all that it has started; gives their ids. */
export function signalTree(pid, signal) {
  send(pid, signal);
  const pids = [pid, ...descendants(pid, processTable())];
  for (const one of pids.slice(1)) send(one, signal);
  return pids;
}

function descendants(pid, table) {
  const children = table.filter((row) => row.parent === pid);
  return children.flatMap((row) => [row.pid, ...descendants(row.pid, table)]);
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
