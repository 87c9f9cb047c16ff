// Reads what its parent holds, one JSON line each; at the end of the input it clears what is still held.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { killTree } from "./process-tree.mjs";
import { removeContainer } from "./remove-container.mjs";

const order = ["process", "container", "command", "folder"];
const clear = {
  process: (pid) => killTree(pid),
  container: (id) => removeContainer(id),
  command: ([program, ...args]) => execFileSync(program, args, { stdio: "ignore" }),
  folder: (path) => rmSync(path, { recursive: true, force: true }),
};
const held = new Map();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) note(JSON.parse(line));
for (const kind of order) for (const thing of held.values()) await clearAway(kind, thing);

function note({ hold, release }) {
  if (hold) held.set(JSON.stringify(hold), hold);
  if (release) held.delete(JSON.stringify(release));
}

async function clearAway(kind, thing) {
  if (!(kind in thing)) return;
  try {
    await clear[kind](thing[kind]);
  } catch {
    // Nobody is left to tell, and the next thing still has to go.
  }
}
