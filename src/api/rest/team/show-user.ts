import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import { roles } from "#shared/domain/access.ts";
import type { User } from "#shared/models/users.ts";

export const userSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    role: z.enum(roles),
    is_active: z.boolean(),
    has_password: z.boolean(),
    invited_until: dateField.nullable(),
    signed_in_at: dateField.nullable(),
    created_at: dateField,
  })
  .meta({ id: "User" });

export const showUser = (user: User): z.input<typeof userSchema> => ({
  id: user._id,
  name: user.name,
  email: user.email ?? null,
  phone: user.phone ?? null,
  role: user.role,
  is_active: user.active,
  has_password: user.passwordHash !== undefined,
  invited_until: user.invite?.expiresAt.toISOString() ?? null,
  signed_in_at: user.signedInAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
});
