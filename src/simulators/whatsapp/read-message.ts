import { z } from "zod";
import { explainIssue } from "./explain-issue.ts";
import { refuse } from "./graph-error.ts";
import { contentReaders, type Content } from "./read-content.ts";

export interface OutgoingMessage {
  /** Digits of a phone, a business-scoped user id, or a group id. */
  readonly to: string;
  readonly input: string;
  readonly callbackData: string | null;
  readonly content: Content;
}

const envelopeSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.enum(["individual", "group"]).default("individual"),
  to: z.union([z.string(), z.int()]).transform(String).optional(),
  recipient: z.string().optional(),
  type: z.string().default("text"),
  context: z.looseObject({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z
    .string()
    .max(512, "Param biz_opaque_callback_data must be at most 512 characters long.")
    .optional(),
});

/** What a body asks to send; throws the GraphError that Meta would answer. */
export function readMessage(body: unknown): OutgoingMessage {
  const envelope = parse(body, (value) => envelopeSchema.parse(value));
  const readContent = contentReaders.get(envelope.type);
  if (readContent === undefined) {
    const known = [...contentReaders.keys()].join(", ").toUpperCase();
    throw refuse(100, `Param type must be one of {${known}} - got "${envelope.type}".`);
  }
  const input = readRecipient(envelope);
  return {
    input,
    to: envelope.recipient_type === "group" ? input : input.replace(/^\+/, ""),
    callbackData: envelope.biz_opaque_callback_data ?? null,
    content: parse(body, readContent),
  };
}

function parse<T>(body: unknown, read: (value: unknown) => T): T {
  try {
    return read(body);
  } catch (error) {
    if (error instanceof z.ZodError) throw explainIssue(error, body);
    throw error;
  }
}

type Envelope = z.output<typeof envelopeSchema>;

/** Phones go in `to`, business-scoped user ids (CC.alnum) in `recipient`. */
function readRecipient({ to, recipient, recipient_type }: Envelope): string {
  if (recipient !== undefined) {
    if (/^[A-Z]{2}\.[A-Za-z0-9.]{1,128}$/.test(recipient)) return recipient;
    throw refuse(100, "Param recipient is not a valid business-scoped user ID.");
  }
  if (to === undefined) throw refuse(131008, "Param to is required.");
  if (recipient_type === "group") return to;
  const compact = to.replaceAll(/[\s()-]/g, "");
  if (/^\+?\d{5,20}$/.test(compact)) return compact;
  throw refuse(100, "Param to is not a valid WhatsApp number.");
}
