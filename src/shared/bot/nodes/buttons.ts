import { z } from "zod";
import { choose } from "#shared/bot/choose.ts";
import { areUnlike, choiceField, saveAsField, textField } from "#shared/bot/fields.ts";
import { maxButtons } from "#shared/bot/limits.ts";
import { defineNode, type NodeContext } from "#shared/bot/node.ts";
import {
  patienceFields,
  remind,
  remindsInTime,
  untimedReminder,
  waitOn,
} from "#shared/bot/patience.ts";

const dataSchema = z
  .object({
    message: textField,
    buttons: z
      .array(choiceField)
      .min(1)
      .max(maxButtons)
      .refine(areUnlike, "two buttons have the same id"),
    /** Opens the choices where a provider shows so many as a list. */
    menu: textField.exactOptional(),
    saveAs: saveAsField.exactOptional(),
    ...patienceFields,
  })
  .refine(remindsInTime, untimedReminder);

type Data = z.infer<typeof dataSchema>;

/** Offers choices and waits. */
export default defineNode({
  type: "buttons",
  data: dataSchema,
  outcomes: ({ buttons }) => buttons.map(({ id, label }) => [id, label]),
  labels: () => ["timeout", "invalid"],
  choices: ({ buttons }) => buttons,
  sets: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  enter: (data, context) => waitOn(data, offer(data, context)),
  answer: (data, said, context) =>
    choose(
      { data, choices: data.buttons, ask: (text) => offer(data, context, text) },
      said,
      context,
    ),
  expire: (data, context) => remind(data, context),
});

const offer = (data: Data, { render }: NodeContext, text = data.message) => {
  const buttons = data.buttons.map(({ id, label }) => ({ id, title: render(label) }));
  const menu = data.menu !== undefined && { menu: render(data.menu) };
  const command = { type: "buttons", text: render(text), ...menu, buttons } as const;
  return [{ kind: "send", command }] as const;
};
