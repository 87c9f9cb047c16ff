import { z } from "zod";
import { clip } from "#shared/bot/clip.ts";
import { saveAsField, textField } from "#shared/bot/fields.ts";
import { maxButtons, maxVariableLength } from "#shared/bot/limits.ts";
import { defineNode, type NodeContext } from "#shared/bot/node.ts";
import {
  askAgain,
  isMediaOnly,
  patienceFields,
  remind,
  remindsInTime,
  untimedReminder,
  waitOn,
} from "#shared/bot/patience.ts";
import { createReader, valueKinds } from "#shared/bot/read-value.ts";
import { say } from "#shared/bot/say.ts";
import type { Said } from "#shared/domain/session.ts";

const ruleSchema = z
  .object({
    question: textField,
    saveAs: saveAsField,
    validate: z.enum(valueKinds).exactOptional(),
    pattern: z.string().exactOptional(),
    choices: z
      .array(textField.transform((label) => ({ id: label, label })))
      .max(maxButtons)
      .default([]),
    ...patienceFields,
  })
  .refine(remindsInTime, untimedReminder)
  .refine(({ validate, pattern }) => validate !== "pattern" || pattern !== undefined, {
    path: ["pattern"],
    error: "is what validate: pattern compares with",
  })
  .refine(({ validate, choices }) => validate !== "choice" || choices.length > 0, {
    path: ["choices"],
    error: "are what validate: choice takes",
  });

/** The pattern is compiled here, once, when the flow is parsed: a wrong one refuses the flow. */
const dataSchema = ruleSchema.transform((rule, context) => {
  try {
    return { ...rule, read: createReader(rule) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: "custom", path: ["pattern"], message });
    return z.NEVER;
  }
});

type Data = z.infer<typeof dataSchema>;

/**
 * Asks and waits; the answer becomes a variable of the scenario and a field of the contact. After
 * the last attempt nothing is saved and the edge "invalid" is taken, else the plain one.
 */
export default defineNode({
  type: "question",
  data: dataSchema,
  labels: () => ["timeout", "invalid"],
  sets: ({ saveAs }) => [saveAs],
  enter: (data, { render }) => waitOn(data, say(render(data.question))),
  answer: (data, said, context) => {
    const value = readAnswer(data, said, context);
    if (value === undefined) {
      const ask = (text = data.question) => say(context.render(text));
      return askAgain(data, context, { said, ask });
    }
    return {
      next: undefined,
      effects: [{ kind: "save", field: data.saveAs, value }],
      variables: { [data.saveAs]: value },
    };
  },
  expire: (data, context) => remind(data, context),
});

const readAnswer = (data: Data, said: Said, { now }: NodeContext): string | undefined => {
  const value = isMediaOnly(said) ? undefined : data.read(said, now);
  return value === undefined ? undefined : clip(value, maxVariableLength);
};
