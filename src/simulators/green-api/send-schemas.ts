import { z } from "zod";

/** ASCII digits only: samples with a Cyrillic "с" in `@с.us` are refused like at Green API. */
export const chatIdSchema = z
  .string()
  .regex(
    /^[0-9]{5,20}(-[0-9]+)?@(c\.us|g\.us|lid)$/,
    "'chatId' should be one of the following formats: phone_number@c.us or group_id@g.us",
  );

const chat = { chatId: chatIdSchema };
const quotable = { ...chat, quotedMessageId: z.string().optional() };
const longTextMax = 20_000;

export const textSendSchema = z.looseObject({
  ...quotable,
  message: z.string().min(1).max(longTextMax),
  linkPreview: z.boolean().optional(),
  typingTime: z.int().min(1000).max(20_000).optional(),
});

export const fileSendSchema = z.looseObject({
  ...quotable,
  urlFile: z.url({ protocol: /^https?$/ }),
  fileName: z.string().regex(/\.[^.]+$/, "'fileName' must have an extension"),
  caption: z.string().max(longTextMax).optional(),
});

export const buttonsSendSchema = z.looseObject({
  chatId: chatIdSchema.regex(/@(c\.us|lid)$/, "'chatId' must be a personal chat"),
  header: z.string().optional(),
  body: z.string().min(1).max(longTextMax),
  footer: z.string().optional(),
  buttons: z
    .array(z.looseObject({ buttonId: z.string().min(1), buttonText: z.string().min(1).max(25) }))
    .min(1)
    .max(3),
});

export const pollSendSchema = z.looseObject({
  ...quotable,
  message: z.string().min(1).max(255),
  options: z
    .array(z.looseObject({ optionName: z.string().min(1).max(100) }))
    .min(2)
    .max(12),
  multipleAnswers: z.boolean().optional(),
});

export const locationSendSchema = z.looseObject({
  ...quotable,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  nameLocation: z.string().optional(),
  address: z.string().optional(),
});

export const contactSendSchema = z.looseObject({
  ...quotable,
  contact: z.looseObject({
    phoneContact: z.int(),
    firstName: z.string().optional(),
    middleName: z.string().optional(),
    lastName: z.string().optional(),
    company: z.string().optional(),
  }),
});
