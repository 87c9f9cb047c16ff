import { z } from "zod";
import { defineNode } from "#shared/bot/node.ts";

const nameField = z.string().min(1).max(200);

/** Goes on at another flow of the document, or at a node; the variables stay. */
export default defineNode({
  type: "jump",
  data: z
    .object({ flow: nameField.exactOptional(), node: nameField.exactOptional() })
    .refine(({ flow, node }) => flow !== undefined || node !== undefined, {
      path: ["flow"],
      error: "name a flow, a node or both",
    }),
  jump: (data) => data,
  enter: () => ({ next: undefined, effects: [] }),
});
