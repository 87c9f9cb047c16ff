import { z } from "zod";
import { saveAsField } from "#shared/bot/fields.ts";
import { maxTextLength } from "#shared/bot/limits.ts";
import { defineNode } from "#shared/bot/node.ts";

/** Sends nothing: a variable of the scenario only, not a field of the contact. */
export default defineNode({
  type: "set_variable",
  data: z.object({ name: saveAsField, value: z.string().max(maxTextLength) }),
  sets: ({ name }) => [name],
  enter: ({ name, value }, { render }) => ({
    next: undefined,
    effects: [],
    variables: { [name]: render(value) },
  }),
});
