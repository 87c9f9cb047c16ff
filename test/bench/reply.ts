import { z } from "zod";

/** One message that the provider took. */
export const reply = z.object({ chatId: z.string(), text: z.string(), at: z.number() });
export type Reply = z.infer<typeof reply>;
