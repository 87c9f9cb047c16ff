import { z } from "zod";
import { textField } from "#shared/bot/fields.ts";
import { defineNode } from "#shared/bot/node.ts";
import { say } from "#shared/bot/say.ts";

export default defineNode({
  type: "welcome",
  data: z.object({ message: textField }),
  enter: (data, context) => ({ next: undefined, effects: say(context.render(data.message)) }),
});
