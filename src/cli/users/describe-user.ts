import { z } from "zod";
import type { User } from "#shared/models/users.ts";
import { compact } from "#shared/providers/compact.ts";

/** As people write it; E.164 inside. */
export const phoneFlag = z
  .string()
  .transform((text) => text.replaceAll(/[\s()-]/g, ""))
  .pipe(z.string().regex(/^\+?\d{7,15}$/, "must be a phone number with its country code"))
  .transform((digits) => (digits.startsWith("+") ? digits : `+${digits}`));

/** A user for the screen. */
export const describeUser = (user: User) =>
  compact({
    id: user._id,
    tenant: user.tenantId,
    role: user.role,
    name: user.name,
    email: user.email,
    phone: user.phone,
    active: user.active,
  });
