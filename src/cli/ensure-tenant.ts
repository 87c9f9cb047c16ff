import type { Tenants } from "#shared/models/tenants.ts";

/** Creates the tenant where there is none; one that is there keeps its name. */
export async function ensureTenant(tenants: Tenants, id: string, name = id): Promise<void> {
  if ((await tenants.find(id)) !== null) return;
  await tenants.upsert({ _id: id, schemaVersion: 1, name });
}
