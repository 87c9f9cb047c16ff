import { z } from "zod";
import { defineNode } from "#shared/bot/node.ts";

/** The scenario is over; the next message starts it anew. */
export default defineNode({
  type: "end",
  data: z.object({}),
  manner: "end",
  enter: () => ({ next: undefined, effects: [] }),
});
