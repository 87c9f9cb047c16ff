import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Appends one JSON line per entry, in the order of the calls; what waits goes together. */
export function createLedgerFile(path: string) {
  let last: Promise<unknown> = mkdir(dirname(path), { recursive: true });
  const waiting: string[] = [];
  return {
    async append(entry: object): Promise<void> {
      waiting.push(`${JSON.stringify(entry)}\n`);
      if (waiting.length === 1)
        last = last.then(() => appendFile(path, waiting.splice(0).join("")));
      await last;
    },
  };
}
