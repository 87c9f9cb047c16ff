import { z } from "zod";

/** As people write it; E.164 inside. */
export const phoneFlag = z
  .string()
  .transform((text) => text.replaceAll(/[\s()-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{7,15}$/, "must be a phone number with its country code"))
  .transform((digits) => (digits.startsWith("+") ? digits : `+${digits}`));
