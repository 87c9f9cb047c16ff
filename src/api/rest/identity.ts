import type { Role, Scope } from "#shared/domain/access.ts";
import type { Actor } from "#shared/models/audit.ts";

/** Who asks. The tenant is this one's, whatever the request says. */
export interface Identity extends Actor {
  readonly kind: "user" | "api_key";
  readonly tenantId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Of a user. */
  readonly role?: Role;
}
