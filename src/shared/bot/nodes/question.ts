import { z } from "zod";
import { clip } from "#shared/bot/clip.ts";
import { readTimeout, saveAsField, textField, timeoutField } from "#shared/bot/fields.ts";
import { maxVariableLength } from "#shared/bot/limits.ts";
import { defineNode } from "#shared/bot/node.ts";
import { say } from "#shared/bot/say.ts";

/** Asks and waits; the answer becomes a variable of the scenario and a field of the contact. */
export default defineNode({
  type: "question",
  data: z.object({
    question: textField,
    saveAs: saveAsField,
    timeoutSeconds: timeoutField.exactOptional(),
  }),
  labels: () => ["timeout"],
  enter: (data, context) => ({
    wait: true,
    effects: say(context.render(data.question)),
    ...readTimeout(data.timeoutSeconds),
  }),
  answer: (data, answer) => {
    const value = clip(answer.text, maxVariableLength);
    return {
      next: undefined,
      effects: [{ kind: "save", field: data.saveAs, value }],
      variables: { [data.saveAs]: value },
    };
  },
});
