import { ulid } from "ulid";
import type { Caller } from "#api/rest/route.ts";
import type { Audit } from "#shared/models/audit.ts";
import type { User } from "#shared/models/users.ts";

/** The entry of an act that began before anybody was known: signing in, taking an invitation. */
export const auditOf = (
  user: User,
  caller: Caller,
  { action, status }: { readonly action: string; readonly status: number },
): Parameters<Audit["insert"]>[0] => ({
  _id: ulid().toLowerCase(),
  tenantId: user.tenantId,
  at: new Date(),
  actor: { kind: "user", id: user._id, name: user.name },
  action,
  target: user._id,
  fields: [],
  address: caller.address,
  requestId: caller.requestId,
  status,
});
