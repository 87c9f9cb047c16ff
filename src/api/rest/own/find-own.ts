import type { Call } from "#api/rest/route.ts";

/** What the house has of the customer who is signed in. */
export interface Own {
  readonly tenantId: string;
  readonly contactIds: readonly string[];
}

const mostContacts = 100;

/** By the number of the user's own document: nothing that the caller says counts. */
export async function findOwn({ api, identity }: Call<unknown>): Promise<Own> {
  const { tenantId, kind, id } = identity;
  const { users, contacts } = api.models;
  const user = kind === "user" ? await users.find(tenantId, id) : null;
  if (user?.phone === undefined) return { tenantId, contactIds: [] };
  const phone = user.phone.replace("+", "");
  const listed = await contacts.list(tenantId, { phone, limit: mostContacts });
  const whole = await Promise.all(listed.map(({ id: each }) => contacts.read(tenantId, each)));
  return { tenantId, contactIds: [...new Set(whole.flatMap((one) => one?.ids ?? []))] };
}
