// All tests, counted by a reporter of ours: another run in the same checkout is not mixed in.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pinnedNode } from "../install.mjs";
import { whenOrphaned } from "../when-orphaned.mjs";

const counter = fileURLToPath(new URL("count-reporter.mjs", import.meta.url));

/** Runs vitest; a file that does not load and a set-up that fails count as failed, too. */
export async function runVitest(flags) {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-count-"));
  const file = join(folder, "count.json");
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--reporter=default"];
  const code = await exitCodeOf([...vitest, `--reporter=${counter}`, ...flags], file);
  const { passed, failed } = readCount(file);
  rmSync(folder, { recursive: true });
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function exitCodeOf(args, file) {
  const env = { ...process.env, COUNT_FILE: file };
  const child = spawn(pinnedNode, args, { stdio: ["ignore", "inherit", "inherit"], env });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  whenOrphaned(() => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

/** No file: vitest ended before any test could run. */
function readCount(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
