// Type check, lint, format check and dead-code check, side by side; each counts as one test.
import { spawn } from "node:child_process";
import { pinnedNode } from "../install.mjs";

const names = ["types", "lint", "format", "dead-code"];

/** Runs them all; prints the output of those that fail. */
export async function runChecks() {
  const results = await Promise.all(names.map(runCheck));
  const failed = results.filter((ok) => !ok).length;
  return { passed: results.length - failed, failed };
}

function runCheck(name) {
  const startedAt = Date.now();
  const child = spawn(pinnedNode, ["--run", `check:${name}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => output.push(Buffer.from(error.message)));
    child.once("close", (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      console.log(`check:${name} ${code === 0 ? "passed" : "failed"} in ${seconds} s`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}
