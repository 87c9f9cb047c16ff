import { z } from "zod";
import type { MessageEvent } from "#shared/domain/event.ts";

/** The raw body of a journal entry whose source is `manual`: what somebody typed in for a contact. */
const manualEntry = z.object({
  /** The journal entry's id: every manual entry is a message of its own. */
  id: z.string().min(1),
  chatId: z.string().min(1),
  phone: z.string().min(1),
  text: z.string().min(1),
});
export type ManualEntry = z.infer<typeof manualEntry>;

/** The bytes that the journal keeps. */
export const writeManualEntry = (entry: ManualEntry): Buffer => Buffer.from(JSON.stringify(entry));

/** The event that the bytes stand for; throws on bytes that `writeManualEntry` did not make. */
export function manualEvent(raw: Uint8Array): MessageEvent {
  const { id, chatId, phone, text } = manualEntry.parse(JSON.parse(Buffer.from(raw).toString()));
  return {
    kind: "message",
    direction: "in",
    type: "text",
    messageId: id,
    chatId,
    senderId: chatId,
    phone,
    text,
    unverified: true,
  };
}
