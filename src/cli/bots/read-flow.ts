import { readDocument } from "#cli/bots/read-document.ts";
import { CommandError } from "#cli/failures.ts";
import { parseFlow, type Flow } from "#shared/bot/flow.ts";

/** A flow document that was checked, and the flow; its faults one per line, each with its node. */
export async function readFlow(file: string): Promise<{ document: unknown; flow: Flow }> {
  const document = await readDocument(file);
  const checked = parseFlow(document);
  if ("flow" in checked) return { document, flow: checked.flow };
  const faults = checked.errors.map(({ path, message }) => `  ${path}: ${message}`);
  throw new CommandError(
    [`${file} is not a flow that can run, nothing was done with it:`, ...faults].join("\n"),
  );
}
