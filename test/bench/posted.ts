import { z } from "zod";

/** What the driver saw; times by `clock`, one each message in the order they were built. */
export const posted = z.object({
  ms: z.number(),
  refused: z.number(),
  sentAt: z.array(z.number()),
  tookMs: z.array(z.number()),
});
export type Posted = z.infer<typeof posted>;
