import type { ApiDeps } from "#api/deps.ts";
import { createAccessTokens } from "#api/rest/auth/access-token.ts";
import type { Identity } from "#api/rest/identity.ts";
import { scopesOf } from "#shared/domain/access.ts";
import type { ApiKey } from "#shared/models/api-keys.ts";
import { apiKeyPrefix } from "#shared/models/mint-api-key.ts";
import type { User } from "#shared/models/users.ts";
import { isSecretOf, readToken } from "#shared/runtime/secret-token.ts";

/** Who an `Authorization` header proves; undefined for nobody. */
export type Identify = (authorization: string | undefined) => Promise<Identity | undefined>;

/** Often enough to see what is still in use, rarely enough to cost nothing. */
const touchEveryMs = 60_000;

/** The user is read at each request: a changed role or a sign-out holds at once. */
export function createIdentify(api: Pick<ApiDeps, "config" | "models" | "background">): Identify {
  const tokens = createAccessTokens(api.config);
  return async (authorization) => {
    const bearer = /^bearer ([\w.~+/=-]{1,4096})$/i.exec(authorization ?? "")?.[1];
    if (bearer === undefined) return undefined;
    if (bearer.startsWith(apiKeyPrefix)) return identifyKey(api, bearer);
    const claims = await tokens.read(bearer);
    if (claims === undefined) return undefined;
    const user = await api.models.users.find(claims.tenantId, claims.userId);
    return user !== null && user.active && user.generation === claims.generation
      ? identityOf(user)
      : undefined;
  };
}

export const identityOf = ({ _id, name, tenantId, role }: User): Identity => ({
  kind: "user",
  id: _id,
  name,
  tenantId,
  role,
  scopes: scopesOf(role),
});

async function identifyKey(
  { models, background }: Pick<ApiDeps, "models" | "background">,
  bearer: string,
): Promise<Identity | undefined> {
  const token = readToken(apiKeyPrefix, bearer);
  const key = token === undefined ? null : await models.apiKeys.findById(token.id);
  if (token === undefined || key === null || !isSecretOf(token.secret, key.hash)) return undefined;
  const now = new Date();
  if (key.expiresAt !== undefined && key.expiresAt <= now) return undefined;
  if (isStale(key, now))
    background.run("api-key.touch", () => models.apiKeys.touch(key.tenantId, key._id, now));
  const { _id, name, tenantId, scopes } = key;
  return { kind: "api_key", id: _id, name, tenantId, scopes: new Set(scopes) };
}

const isStale = ({ lastUsedAt }: ApiKey, now: Date): boolean =>
  lastUsedAt === undefined || now.getTime() - lastUsedAt.getTime() > touchEveryMs;
