// Two starts on the same data would be two servers on the same files.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive } from "../services/process-table.mjs";

/** Claims the folder until this process ends; a claim of a dead process does not count. */
export function claimFolder(dataDir) {
  const file = join(dataDir, "start.pid");
  const holder = readHolder(file);
  if (holder && isAlive(holder))
    throw new Error(
      `npm start already runs in this checkout (process ${holder}): stop it first, or remove ${file} if that is another program`,
    );
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${process.pid}\n`);
  process.on("exit", () => rmSync(file, { force: true }));
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
