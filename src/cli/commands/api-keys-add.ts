import { z } from "zod";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { ensureTenant } from "#cli/ensure-tenant.ts";
import { withDatabase } from "#cli/with-database.ts";
import { keyScopes } from "#shared/domain/access.ts";
import { mintApiKey } from "#shared/models/mint-api-key.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";

const scope = z.enum(keyScopes, { error: `must be some of ${keyScopes.join(", ")}` });
const dayMs = 86_400_000;

const schema = z.object({
  tenant: plainName.default("default"),
  name: z.string().trim().min(1).max(200),
  scopes: z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(scope).min(1)),
  days: z.coerce.number().int().min(1).max(3650).exactOptional(),
});

/** The key is printed once. */
export const apiKeysAdd = defineCommand({
  name: "api-keys add",
  summary: "Makes an API key and prints it, once",
  options: {
    tenant: { value: "ID", help: "whose key it is; default: default" },
    name: { value: "NAME", help: "what it is for" },
    scopes: { value: "SCOPE,…", help: keyScopes.join(", ") },
    days: { value: "N", help: "how long it is good; default: until it is revoked" },
  },
  schema,
  run: ({ json, tenant: tenantId, name, scopes, days }) =>
    withDatabase(async ({ connection, models }) => {
      await ensureIndexes(connection);
      await ensureTenant(models.tenants, tenantId);
      const createdAt = new Date();
      const { key, text } = mintApiKey({
        tenantId,
        name,
        scopes,
        createdBy: "command line",
        createdAt,
        ...(days === undefined ? {} : { expiresAt: new Date(createdAt.getTime() + days * dayMs) }),
      });
      await models.apiKeys.create(key);
      const told = { id: key._id, tenant: tenantId, name, scopes, key: text };
      return print(json, told, `${key._id}  ${name}\nKey (shown once): ${text}`);
    }),
});
