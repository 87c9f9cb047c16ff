import { z } from "zod";
import { at, filled, id, line, part, peerId, text, word } from "#shared/providers/wire-fields.ts";

/** The form `{event, data}`, in which other systems pass Wazzup's events on. */
const message = z.object({
  id,
  chatId: peerId,
  text,
  type: word,
  from: line,
  timestamp: at,
  file: part({
    url: filled,
    name: line,
    size: z.int().nonnegative().optional().catch(undefined),
    mimeType: word,
  }),
  contact: part({ name: line, phone: line }),
});

const status = z.object({ messageId: id, status: word, timestamp: at, error: word });

const contact = z.object({ phone: line, name: line, timestamp: at });

export type DocumentedMessage = z.infer<typeof message>;

export const readMessage = (data: unknown) => message.safeParse(data).data;
export const readStatus = (data: unknown) => status.safeParse(data).data;
export const readContact = (data: unknown) => contact.safeParse(data).data;
