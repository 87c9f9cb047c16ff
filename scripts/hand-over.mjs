// From the machine's own Node to the pinned one: installs the packages, then runs a main file there.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { installPackages, pinnedNode } from "./install.mjs";
import { whenOrphaned } from "./when-orphaned.mjs";

/** Ends with the main file's own exit code; 1 when the packages could not be installed. */
export function handOver(main) {
  try {
    installPackages();
    run(fileURLToPath(main));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Signals are passed on; the channel tells the other side when this process is gone. */
function run(main) {
  const child = spawn(pinnedNode, [main, ...process.argv.slice(2)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  whenOrphaned(() => child.kill("SIGTERM"));
  child.once("exit", (code) => (process.exitCode = code ?? 1));
}
