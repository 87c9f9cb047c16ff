/** What an identity may be within its tenant; `client` is a customer who sees only their own data. */
export const roles = ["owner", "admin", "operator", "viewer", "client"] as const;
export type Role = (typeof roles)[number];

/** What a route asks for and an API key may hold. */
export const scopes = [
  "channels:read",
  "channels:write",
  "bots:read",
  "bots:write",
  "conversations:read",
  "conversations:write",
  "contacts:read",
  "contacts:write",
  "settings:read",
  "settings:write",
  "users:read",
  "users:write",
  "api_keys:read",
  "api_keys:write",
  "audit:read",
] as const;
export type Scope = (typeof scopes)[number];

const readable: readonly Scope[] = [
  "channels:read",
  "bots:read",
  "conversations:read",
  "contacts:read",
  "settings:read",
];

const scopesByRole: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  owner: new Set(scopes),
  admin: new Set(scopes),
  operator: new Set([...readable, "conversations:write", "contacts:write"]),
  viewer: new Set(readable),
  client: new Set(),
};

export const scopesOf = (role: Role): ReadonlySet<Scope> => scopesByRole[role];

/**
 * Whoever holds a channel's secret could speak for any phone: who makes people or keys signs in by
 * password.
 */
export const mayLoginByPhone = (role: Role): boolean => !scopesOf(role).has("users:write");

/** A stolen key must not make people or further keys. */
export const keyScopes = scopes.filter(
  (scope) => scope !== "users:write" && scope !== "api_keys:write",
);

/** Only an owner makes, changes or removes an owner. */
export const mayManage = (manager: Role | undefined, managed: Role): boolean =>
  manager === "owner" || (manager === "admin" && managed !== "owner");
