import type { User } from "#shared/models/users.ts";
import { compact } from "#shared/providers/compact.ts";

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
