import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

/** Appends one JSON line per entry, in the order of the calls. */
export function createLedgerFile(path: string) {
  let last: Promise<unknown> = mkdir(dirname(path), { recursive: true });
  return {
    async append(entry: object): Promise<void> {
      const line = `${JSON.stringify(entry)}\n`;
      const mine = last.then(() => appendFile(path, line));
      last = mine;
      await mine;
    },
  };
}
