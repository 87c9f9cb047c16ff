import { parseArgs } from "node:util";
import { z } from "zod";
import { tierNames } from "./tiers.ts";

const schema = z.object({
  tier: z.enum(tierNames),
  form: z.enum(["journal", "queue", "both"]),
  seed: z.coerce.number().int().min(0).exactOptional(),
  messages: z.coerce.number().int().min(1).exactOptional(),
  keep: z.boolean(),
  scenario: z.string().exactOptional(),
  seconds: z.coerce.number().int().min(1).exactOptional(),
});

export type Flags = z.infer<typeof schema>;

/** `--tier small|medium|large --form journal|queue|both --seed N [--messages N] [--keep]`, or `--scenario NAME|all [--seconds N]` in the place of a tier; throws on anything else. */
export function readFlags(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tier: { type: "string", default: "small" },
      form: { type: "string", default: "both" },
      seed: { type: "string" },
      messages: { type: "string" },
      keep: { type: "boolean", default: false },
      scenario: { type: "string" },
      seconds: { type: "string" },
    },
  });
  return schema.parse(values);
}
