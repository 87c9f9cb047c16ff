import { CommandError } from "#cli/failures.ts";
import { readInput } from "#cli/read-input.ts";
import { parseFlow } from "#shared/bot/flow.ts";
import { parseBody } from "#shared/providers/parse-body.ts";

/** A flow document that was checked; its faults one per line, each with its node. */
export async function readFlow(file: string): Promise<unknown> {
  const parsed = parseBody(await readInput(file));
  if ("parked" in parsed)
    throw new CommandError(`could not read a flow from ${file}: ${parsed.parked}`);
  const checked = parseFlow(parsed.body);
  if ("flow" in checked) return parsed.body;
  const faults = checked.errors.map(({ path, message }) => `  ${path}: ${message}`);
  throw new CommandError(
    [`${file} is not a flow that can run, nothing was stored:`, ...faults].join("\n"),
  );
}
