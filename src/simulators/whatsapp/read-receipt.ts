import { z } from "zod";
import { explainIssue } from "./explain-issue.ts";

const receiptSchema = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string().min(1),
  typing_indicator: z.looseObject({ type: z.literal("text") }).optional(),
});

export interface ReadReceipt {
  readonly messageId: string;
  readonly typing: boolean;
}

/** The read receipt in a body, or undefined when it is a message. */
export function readReceipt(body: unknown): ReadReceipt | undefined {
  if (typeof body !== "object" || body === null || !("status" in body)) return undefined;
  const receipt = receiptSchema.safeParse(body);
  if (!receipt.success) throw explainIssue(receipt.error, body);
  const { message_id, typing_indicator } = receipt.data;
  return { messageId: message_id, typing: typing_indicator !== undefined };
}
