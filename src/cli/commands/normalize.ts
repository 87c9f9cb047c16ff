import { z } from "zod";
import { defineCommand } from "#cli/define-command.ts";
import { providerName } from "#cli/provider-name.ts";
import { readInput } from "#cli/read-input.ts";
import { parseFor } from "#shared/providers/parse-for.ts";
import type { Headers, Provider } from "#shared/providers/provider.ts";

/** Needs no settings and no database: the output is a contract for scripts and checks. */
export const normalize = defineCommand({
  name: "normalize",
  summary: "Prints what webhook bodies become, one line of JSON per file (- is standard input)",
  operands: "FILE…",
  options: {
    provider: { value: "NAME", help: "whose bodies they are" },
    header: { value: "NAME=VALUE", many: true, help: "a header that came with them" },
  },
  schema: z.object({
    provider: providerName,
    header: z
      .array(z.string().regex(/^[^=\s]+=/, "must look like NAME=VALUE"))
      .default([])
      .transform(toHeaders),
    operands: z.array(z.string()).min(1, "name a file, or - for standard input"),
  }),
  run: async ({ provider, header, operands }) => {
    const lines = [];
    for (const file of operands)
      lines.push(describe(file, provider, header, await readInput(file)));
    return lines.join("\n");
  },
});

function describe(file: string, provider: Provider, headers: Headers, raw: Buffer): string {
  const parsed = parseFor(provider, raw, headers);
  if ("parked" in parsed)
    return JSON.stringify({ file, invalid: { errors: { body: parsed.parked } } });
  return JSON.stringify({ file, ...provider.normalize(parsed.body, headers) });
}

/** As Node gives them: lower case, a repeated one joined. */
function toHeaders(pairs: readonly string[]): Headers {
  const headers: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).toLowerCase();
    const before = headers[name];
    const value = pair.slice(at + 1);
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
