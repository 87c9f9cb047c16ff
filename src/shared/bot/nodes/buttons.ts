import { z } from "zod";
import { readTimeout, saveAsField, textField, timeoutField } from "#shared/bot/fields.ts";
import { fold } from "#shared/bot/fold.ts";
import { maxButtons } from "#shared/bot/limits.ts";
import { defineNode, type Answer, type LeaveStep, type NodeContext } from "#shared/bot/node.ts";

const buttonField = z.object({
  id: z.string().regex(/\S/, "must not be blank").max(200),
  label: z.string().regex(/\S/, "must not be blank").max(200),
});

type Button = z.infer<typeof buttonField>;

const dataSchema = z.object({
  message: textField,
  buttons: z
    .array(buttonField)
    .min(1)
    .max(maxButtons)
    .refine(
      (buttons) => new Set(buttons.map(({ id }) => fold(id))).size === buttons.length,
      "two buttons have the same id",
    ),
  saveAs: saveAsField.exactOptional(),
  timeoutSeconds: timeoutField.exactOptional(),
});

type Data = z.infer<typeof dataSchema>;

/**
 * Offers choices and waits. An answer that is none of them takes the plain edge; where there is
 * none, the buttons are sent again.
 */
export default defineNode({
  type: "buttons",
  data: dataSchema,
  labels: (data) => [...data.buttons.flatMap(({ id, label }) => [id, label]), "timeout"],
  enter: (data, context) => offer(data, context),
  answer: (data, answer, context) => {
    const pressed = findPressed(labelButtons(data, context), answer);
    if (pressed !== undefined) return take(data, pressed, context);
    return context.leads() ? { next: undefined, effects: [] } : offer(data, context);
  },
});

const offer = (data: Data, context: NodeContext) => {
  const buttons = labelButtons(data, context).map(({ id, shown }) => ({ id, title: shown }));
  const text = context.render(data.message);
  return {
    wait: true,
    effects: [{ kind: "send", command: { type: "buttons", text, buttons } }],
    ...readTimeout(data.timeoutSeconds),
  } as const;
};

interface ShownButton extends Button {
  readonly shown: string;
}

const labelButtons = (data: Data, context: NodeContext): readonly ShownButton[] =>
  data.buttons.map((button) => ({ ...button, shown: context.render(button.label) }));

/** By the provider's payload, by the label as typed, or by number where buttons went as a list. */
const findPressed = (buttons: readonly ShownButton[], answer: Answer): ShownButton | undefined => {
  const said = fold(answer.text);
  return (
    buttons.find(({ id }) => id === answer.payload) ??
    buttons.find(({ shown }) => fold(shown) === said) ??
    buttons.find((_, index) => String(index + 1) === said)
  );
};

/** The edge by id goes before the edge by label: a "1" may be another button's label. */
const take = (data: Data, pressed: ShownButton, context: NodeContext): LeaveStep => {
  const value = pressed.shown;
  const step = {
    next: [pressed.id, pressed.label].find((label) => context.leads(label)),
    input: value,
  };
  if (data.saveAs === undefined) return { ...step, effects: [] };
  const effects = [{ kind: "save", field: data.saveAs, value } as const];
  return { ...step, effects, variables: { [data.saveAs]: value } };
};
