import { z } from "zod";

/** An id as we make them; what is none cannot be found either. */
export const idField = z.string().min(1).max(200);

export const byId = z.strictObject({ id: idField });

export const dateField = z.iso.datetime();

export const nameField = z.string().trim().min(1).max(200);

export const emailField = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** As people write it; E.164 inside. */
export const phoneField = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[\s()-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{7,15}$/, "must be a phone number with its country code"))
  .transform((digits) => (digits.startsWith("+") ? digits : `+${digits}`));

export const passwordField = z
  .string()
  .min(10, "takes 10 characters or more")
  .max(200)
  .meta({ format: "password" });

/** An answer without content of its own. */
export const done = z.object({ status: z.literal("ok") }).meta({ id: "Done" });

export const ok = { status: "ok" } as const;
