import { z } from "zod";
import { readTimeout, timeoutField } from "#shared/bot/fields.ts";
import { defineNode } from "#shared/bot/node.ts";

/** Goes on when the time is up. Who writes meanwhile takes the edge "message", or is not answered. */
export default defineNode({
  type: "delay",
  data: z.object({ seconds: timeoutField }),
  manner: "timer",
  labels: () => ["message"],
  enter: ({ seconds }) => ({ wait: true, effects: [], ...readTimeout(seconds) }),
  answer: (_, __, { leads, wait }) => {
    if (leads("message")) return { next: "message", effects: [] };
    return wait.isOver ? { next: undefined, effects: [] } : { hold: true, effects: [] };
  },
  expire: () => ({ next: undefined, effects: [] }),
});
