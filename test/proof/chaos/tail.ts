import { open } from "node:fs/promises";

/** The whole lines that a growing file got since the last look; none while it is not there. */
export function createTail(file: string) {
  let offset = 0;
  let rest = "";
  return async (): Promise<readonly string[]> => {
    const handle = await open(file, "r").catch(() => undefined);
    if (handle === undefined) return [];
    try {
      const { size } = await handle.stat();
      const { buffer } = await handle.read(Buffer.alloc(size - offset), 0, size - offset, offset);
      offset = size;
      const lines = (rest + buffer.toString("latin1")).split("\n");
      rest = lines.pop() ?? "";
      return lines;
    } finally {
      await handle.close();
    }
  };
}
