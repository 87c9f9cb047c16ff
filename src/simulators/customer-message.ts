import { z } from "zod";

const choice = z.strictObject({ id: z.string(), title: z.string() });
const media = z.strictObject({
  id: z.string().optional(),
  link: z.string().optional(),
  /** What is in it; something small when absent. */
  base64: z.base64().optional(),
  caption: z.string().optional(),
  mimeType: z.string().optional(),
  fileName: z.string().optional(),
});

/** What a customer does on the phone, in words that each simulator turns into its provider's body. */
export const customerMessageSchema = z.strictObject({
  from: z.string().min(1).optional(),
  name: z.string().optional(),
  text: z.string().optional(),
  button: choice.optional(),
  list: choice.extend({ description: z.string().optional() }).optional(),
  image: media.optional(),
  video: media.optional(),
  audio: media.optional(),
  document: media.optional(),
  sticker: media.optional(),
  location: z.strictObject({ latitude: z.number(), longitude: z.number() }).optional(),
  /** Unix seconds; now when absent. */
  timestamp: z.int().optional(),
  /** The provider's message id; a fresh one when absent. */
  messageId: z.string().optional(),
  /** The message that is quoted or whose button is pressed. */
  replyTo: z.string().optional(),
  /** phone_number_id that is written to; the first one when absent. WhatsApp only. */
  phoneNumberId: z.string().optional(),
});

export type CustomerMessage = z.input<typeof customerMessageSchema>;

export interface Said {
  /** The first answer to the webhook; 0 when there was none. */
  readonly status: number;
  readonly messageId: string;
}

export type CustomerSays = (message: CustomerMessage) => Promise<Said>;

export const mediaKinds = ["image", "video", "audio", "document", "sticker"] as const;
export const defaultCustomer = "447700900123";
