import { z } from "zod";
import { readDocument } from "#cli/bots/read-document.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { providerName } from "#cli/provider-name.ts";
import { checkFlow } from "#shared/bot/check-flow.ts";
import { listLimits } from "#shared/providers/list-limits.ts";

/** Needs no settings and no database. */
export const botValidate = defineCommand({
  name: "bot validate",
  summary:
    "Lists everything that is wrong with a flow; errors keep it from running, warnings do not",
  operands: "FILE",
  options: {
    provider: {
      value: "NAME",
      many: true,
      help: "warn of this provider's limits; default: of all",
    },
  },
  schema: z.object({
    provider: z.array(providerName).exactOptional(),
    operands: z.tuple([z.string()], { error: "name one flow file, or - for standard input" }),
  }),
  run: async ({ json, provider, operands: [file] }) => {
    const document = await readDocument(file);
    const faults = checkFlow(document, listLimits(provider?.map(({ name }) => name)));
    const errors = faults.filter(({ severity }) => severity === "error").length;
    const told = [
      ...faults.map(({ severity, path, message }) => `${severity}: ${path}: ${message}`),
      errors === 0 ? "The flow can run." : `The flow cannot run: ${errors} of these are errors.`,
    ];
    const out = print(json, { valid: errors === 0, faults }, told.join("\n"));
    if (errors === 0) return out;
    throw json
      ? new CommandError(`${file} is not a flow that can run`, { out })
      : new CommandError(out);
  },
});
