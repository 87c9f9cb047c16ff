// Outlives its parent by a moment: when the parent is gone without a word, what it had started goes too.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("guard-main.mjs", import.meta.url));

/** Starts a guard; `hold` names one thing to clear away, its answer lets go of that thing. */
export function startGuard() {
  const child = spawn(process.execPath, [program], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  child.stdin.on("error", () => {});
  child.unref();
  child.stdin.unref();
  const tell = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  return {
    hold(thing) {
      tell({ hold: thing });
      return () => tell({ release: thing });
    },
    end: () => child.stdin.end(),
  };
}
