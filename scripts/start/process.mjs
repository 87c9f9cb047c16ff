// One of our own processes, with its name before every line it prints.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

/** A process drains for 25 seconds at most; a little more, then it is killed. */
const stopLimitMs = 30_000;

/** As in package.json's scripts: ready sooner, and young garbage collected before it piles up. */
const flags = ["--import", "./scripts/compile-cache.mjs", "--max-semi-space-size=8"];

/** Starts src/<name>/main.ts in a session of its own: Ctrl-C is ours to pass on, in order. */
export function startProcess({ name, env, guard, onDeath }) {
  const child = spawn(process.execPath, [...flags, `src/${name}/main.ts`], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  prefix(child.stdout, name, process.stdout);
  prefix(child.stderr, name, process.stderr);
  const release = child.pid ? guard.hold({ process: child.pid }) : () => {};
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void ended.then(onDeath).finally(release);
  return { stop: () => stop(child, ended) };
}

async function stop(child, ended) {
  child.kill("SIGTERM");
  await Promise.race([ended, sleep(stopLimitMs, undefined, { ref: false })]);
  child.kill("SIGKILL");
  await ended;
}

function prefix(stream, name, target) {
  const label = name.padEnd(10);
  createInterface({ input: stream }).on("line", (line) => target.write(`${label} | ${line}\n`));
}
