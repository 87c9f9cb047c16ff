import { z } from "zod";
import { byId, dateField, done, nameField, ok } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { invalid, notFound } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import { keyScopes } from "#shared/domain/access.ts";
import type { ApiKey } from "#shared/models/api-keys.ts";
import { apiKeyPrefix, mintApiKey } from "#shared/models/mint-api-key.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "API keys";
const path = "/api/v1/api-keys";

const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: "How the key begins" }),
    scopes: z.array(z.string()),
    created_by: z.string(),
    created_at: dateField,
    expires_at: dateField.nullable(),
    last_used_at: dateField.nullable().meta({ description: "To the minute" }),
  })
  .meta({ id: "ApiKey" });

const showKey = (key: ApiKey): z.input<typeof apiKeySchema> => ({
  id: key._id,
  name: key.name,
  prefix: `${apiKeyPrefix}${key._id}`,
  scopes: [...key.scopes],
  created_by: key.createdBy,
  created_at: key.createdAt.toISOString(),
  expires_at: key.expiresAt?.toISOString() ?? null,
  last_used_at: key.lastUsedAt?.toISOString() ?? null,
});

export const apiKeyRoutes = [
  defineRoute({
    id: "list_api_keys",
    method: "get",
    path,
    tag,
    summary: "The tenant's keys, without their secrets",
    access: "api_keys:read",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(apiKeySchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor = "" } = input.query;
      const found = await api.models.apiKeys.list(identity.tenantId, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showKey });
    },
  }),
  defineRoute({
    id: "create_api_key",
    method: "post",
    path,
    tag,
    summary: "Makes a key; the answer is the only place where it can be read",
    access: "api_keys:write",
    status: 201,
    input: z.object({
      body: z.strictObject({
        name: nameField,
        scopes: z.array(z.enum(keyScopes)).min(1),
        expires_at: dateField.exactOptional(),
      }),
    }),
    answer: z.object({ ...apiKeySchema.shape, key: z.string() }),
    run: async ({ api, identity, input }) => {
      const { name, scopes, expires_at: expiry } = input.body;
      const now = new Date();
      const expiresAt = expiry === undefined ? undefined : new Date(expiry);
      if (expiresAt !== undefined && expiresAt <= now)
        throw invalid([{ field: "expires_at", message: "must lie in the future" }]);
      const { tenantId, id: createdBy } = identity;
      const asked = {
        tenantId,
        name,
        scopes,
        createdBy,
        createdAt: now,
        ...compact({ expiresAt }),
      };
      const { key, text } = mintApiKey(asked);
      await api.models.apiKeys.create(key);
      return { ...showKey(key), key: text };
    },
  }),
  defineRoute({
    id: "delete_api_key",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "Revokes a key at once",
    access: "api_keys:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async ({ api, identity, input }) => {
      if (await api.models.apiKeys.remove(identity.tenantId, input.params.id)) return ok;
      throw notFound("API key");
    },
  }),
];
