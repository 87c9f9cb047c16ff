import { ulid } from "ulid";
import type { Config } from "#shared/config/env.ts";
import type { Models } from "#shared/models/open-models.ts";
import { isDuplicate } from "#shared/models/outage.ts";
import { hashPassword } from "#shared/runtime/password.ts";

type Settings = Pick<Config, "ADMIN_EMAIL" | "ADMIN_PASSWORD" | "ADMIN_TENANT">;

/** Makes the owner that the settings name, once; true when it did. Who is there keeps their password. */
export async function ensureFirstOwner(
  { users, tenants }: Pick<Models, "users" | "tenants">,
  { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, ADMIN_TENANT: tenantId }: Settings,
): Promise<boolean> {
  if (email === undefined || password === undefined) return false;
  if ((await users.findByEmail(email)) !== null) return false;
  if ((await tenants.find(tenantId)) === null)
    await tenants.upsert({ _id: tenantId, schemaVersion: 1, name: tenantId });
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const made = { _id: ulid().toLowerCase(), schemaVersion: 1, generation: 1, ...times } as const;
  const passwordHash = await hashPassword(password);
  const owner = {
    tenantId,
    role: "owner",
    name: email,
    email,
    passwordHash,
    active: true,
  } as const;
  try {
    await users.create({ ...made, ...owner });
    return true;
  } catch (error) {
    // Several API processes may start at once.
    if (isDuplicate(error)) return false;
    throw error;
  }
}
