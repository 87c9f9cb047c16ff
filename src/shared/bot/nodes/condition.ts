import { z } from "zod";
import { clip } from "#shared/bot/clip.ts";
import { fold } from "#shared/bot/fold.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import { defineNode } from "#shared/bot/node.ts";
import { compilePattern } from "#shared/bot/pattern.ts";

const ruleSchema = z.object({
  conditionType: z.enum(["contains", "equals", "starts_with", "ends_with", "regex"]),
  value: z.string().regex(/\S/, "must not be blank").max(maxTextLength),
  /** What `{{…}}` would name; without it, the customer's last text. */
  variable: z
    .string()
    .regex(/^[\p{L}\p{N}_.-]{1,130}$/u, "takes 1-130 letters, digits, _ - and dots")
    .default("user_input"),
});

type Rule = z.infer<typeof ruleSchema>;

const comparisons = {
  contains: (text: string, wanted: string) => text.includes(wanted),
  equals: (text: string, wanted: string) => text === wanted,
  starts_with: (text: string, wanted: string) => text.startsWith(wanted),
  ends_with: (text: string, wanted: string) => text.endsWith(wanted),
};

const createTest = ({ conditionType, value }: Rule): ((text: string) => boolean) => {
  if (conditionType === "regex") return compilePattern(value);
  const compare = comparisons[conditionType];
  return (text) => compare(fold(text), fold(value));
};

/** The pattern is compiled here, once, when the flow is parsed: a wrong one refuses the flow. */
const dataSchema = ruleSchema.transform((rule, context) => {
  try {
    return { variable: rule.variable, test: createTest(rule) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: "custom", path: ["value"], message });
    return z.NEVER;
  }
});

/** Sends nothing: compares a text, letter case and outer space aside, and goes by "true" or "false". */
export default defineNode({
  type: "condition",
  data: dataSchema,
  outcomes: () => [["true"], ["false"]],
  reads: ({ variable }) => [variable],
  enter: (data, context) => {
    const text = clip(context.render(`{{${data.variable}}}`).trim(), maxTextLength);
    return { next: String(data.test(text)), effects: [] };
  },
});
