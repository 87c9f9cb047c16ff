// One command of the build: quiet when it succeeds, its last lines when it does not.
import { spawn } from "node:child_process";

const running = new Set();

/** Runs a command to its end and gives what it printed. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
    const output = [];
    running.add(child);
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      running.delete(child);
      const text = Buffer.concat(output).toString();
      if (code === 0) return resolve(text);
      reject(new Error(`${command} ${args[0]} ended with ${signal ?? code}:\n${lastLines(text)}`));
    });
  });
}

/** Ends every command that still runs. */
export function stopCommands() {
  for (const child of running) child.kill("SIGKILL");
}

function lastLines(text) {
  return text.trim().split("\n").slice(-15).join("\n");
}
