import { createReadStream, existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { z } from "zod";

/** The lines of a file, one after another; none where there is no file. */
export async function* readLines<Line>(
  file: string,
  schema: z.ZodType<Line>,
): AsyncGenerator<Line> {
  if (!existsSync(file)) return;
  for await (const line of createInterface({ input: createReadStream(file) }))
    if (line !== "") yield schema.parse(JSON.parse(line));
}
