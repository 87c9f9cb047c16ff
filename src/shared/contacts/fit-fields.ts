import { createReader } from "#shared/bot/read-value.ts";
import type { ContactField } from "#shared/domain/contact-field.ts";

/** A field as its definition reads it; `misfit` where the text is none of its type. */
export interface FittedField {
  readonly key: string;
  readonly text: string;
  readonly value?: string | number | boolean;
  readonly misfit?: string;
}

/** Every field of a contact: what does not fit stays the text that was written, and says so. */
export const fitFields = (
  fields: Readonly<Record<string, string>>,
  definitions: readonly ContactField[],
  now: number,
): readonly FittedField[] =>
  Object.entries(fields).map(([key, text]) => {
    const definition = definitions.find((each) => each.key === key);
    return {
      key,
      text,
      ...(definition === undefined ? { value: text } : fit(definition, text, now)),
    };
  });

type Fitted = { readonly value: string | number | boolean } | { readonly misfit: string };

function fit(definition: ContactField, text: string, now: number): Fitted {
  const value = readValue(definition, text, now);
  return value === undefined ? { misfit: `is no ${definition.type}` } : { value };
}

/** As the bot's questions read the same kinds of answers. */
function readValue({ type, choices = [] }: ContactField, text: string, now: number) {
  if (type === "boolean") return readBoolean(text);
  const labels = choices.map((label) => ({ id: label, label }));
  const read = createReader({ validate: type, choices: labels });
  const value = read({ text }, now);
  return type === "number" && value !== undefined ? Number(value) : value;
}

const words: ReadonlyMap<string, boolean> = new Map([
  ...["true", "yes", "1", "+", "да"].map((word): [string, boolean] => [word, true]),
  ...["false", "no", "0", "-", "нет"].map((word): [string, boolean] => [word, false]),
]);

const readBoolean = (text: string): boolean | undefined => words.get(text.trim().toLowerCase());
