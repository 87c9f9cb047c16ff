import { z } from "zod";
import { fold } from "#shared/bot/fold.ts";
import { maxTextLength } from "#shared/bot/limits.ts";

/** A text of the scenario's author, sent after `{{…}}` is filled in. */
export const textField = z.string().regex(/\S/, "must not be blank").max(maxTextLength);

/** Names that `{{…}}` already has a meaning for, or that must never become a key. */
const reservedNames = [
  "user_input",
  "contact",
  "customer",
  "vars",
  "__proto__",
  "constructor",
  "prototype",
];

/** The name of a variable and of the contact's field: a key in the database, so no dots and no `$`. */
export const saveAsField = z
  .string()
  .regex(/^[\p{L}\p{N}_-]{1,64}$/u, "takes 1-64 letters, digits, _ and -")
  .refine((name) => !reservedNames.includes(name), "is a reserved name");

/** Something to press; edges may carry its id or its label. */
export const choiceField = z.object({
  id: z.string().regex(/\S/, "must not be blank").max(200),
  label: z.string().regex(/\S/, "must not be blank").max(200),
});

/** True when no two have the same id. */
export const areUnlike = (choices: readonly { readonly id: string }[]): boolean =>
  new Set(choices.map(({ id }) => fold(id))).size === choices.length;

const thirtyDaysInSeconds = 2_592_000;

export const timeoutField = z.number().positive().max(thirtyDaysInSeconds);

/** What a wait carries when the node has its own timeout. */
export const readTimeout = (seconds: number | undefined): { timeoutMs?: number } =>
  seconds === undefined ? {} : { timeoutMs: Math.ceil(seconds * 1000) };
