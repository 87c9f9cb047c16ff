import { z } from "zod";
import { choose } from "#shared/bot/choose.ts";
import { areUnlike, choiceField, saveAsField, textField } from "#shared/bot/fields.ts";
import { maxRows } from "#shared/bot/limits.ts";
import { defineNode, type NodeContext } from "#shared/bot/node.ts";
import {
  patienceFields,
  remind,
  remindsInTime,
  untimedReminder,
  waitOn,
} from "#shared/bot/patience.ts";

const labelField = z.string().regex(/\S/, "must not be blank").max(200);

const sectionField = z.object({
  title: labelField.exactOptional(),
  rows: z.array(choiceField.extend({ description: labelField.exactOptional() })).min(1),
});

type Section = z.infer<typeof sectionField>;

const listRows = (sections: readonly Section[]) => sections.flatMap(({ rows }) => rows);

const dataSchema = z
  .object({
    message: textField,
    /** The label that opens the list. */
    button: labelField,
    sections: z
      .array(sectionField)
      .min(1)
      .refine((sections) => listRows(sections).length <= maxRows, `takes ${maxRows} rows at most`)
      .refine((sections) => areUnlike(listRows(sections)), "two rows have the same id"),
    saveAs: saveAsField.exactOptional(),
    ...patienceFields,
  })
  .refine(remindsInTime, untimedReminder);

type Data = z.infer<typeof dataSchema>;

/** Offers more choices than buttons can show, under headings, and waits. */
export default defineNode({
  type: "list",
  data: dataSchema,
  outcomes: ({ sections }) => listRows(sections).map(({ id, label }) => [id, label]),
  labels: () => ["timeout", "invalid"],
  choices: ({ sections }) => listRows(sections),
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  enter: (data, context) => waitOn(data, offer(data, context)),
  answer: (data, said, context) => {
    const ask = (text: string | undefined) => offer(data, context, text);
    return choose({ data, choices: listRows(data.sections), ask }, said, context);
  },
  expire: (data, context) => remind(data, context),
});

const offer = (data: Data, { render }: NodeContext, text = data.message) => {
  const sections = data.sections.map(({ title, rows }) => ({
    ...(title !== undefined && { title: render(title) }),
    rows: rows.map(({ id, label, description }) => ({
      id,
      title: render(label),
      ...(description !== undefined && { description: render(description) }),
    })),
  }));
  const command = { type: "list", text: render(text), button: render(data.button), sections };
  return [{ kind: "send", command: { ...command, type: "list" } }] as const;
};
