import { CommandError } from "#cli/failures.ts";
import { readInput } from "#cli/read-input.ts";
import { parseBody } from "#shared/providers/parse-body.ts";

/** The JSON of a flow's file, whatever it holds. */
export async function readDocument(file: string): Promise<unknown> {
  const parsed = parseBody(await readInput(file));
  if ("parked" in parsed)
    throw new CommandError(`could not read a flow from ${file}: ${parsed.parked}`);
  return parsed.body;
}
