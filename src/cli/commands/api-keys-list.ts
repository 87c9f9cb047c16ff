import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { withDatabase } from "#cli/with-database.ts";
import type { ApiKey } from "#shared/models/api-keys.ts";
import { compact } from "#shared/providers/compact.ts";

const most = 10_000;

/** Without their secrets, which nobody can read. */
export const apiKeysList = defineCommand({
  name: "api-keys list",
  summary: "Lists a tenant's API keys",
  options: { tenant: { value: "ID", help: "default: default" } },
  schema: z.object({ tenant: z.string().default("default") }),
  run: ({ json, tenant }) =>
    withDatabase(async ({ models }) => {
      const keys = (await models.apiKeys.list(tenant, "", most)).map(describeKey);
      const lines = keys.map(({ id, name, scopes, lastUsed = "never used" }) =>
        [id, lastUsed, scopes.join(","), name].join("  "),
      );
      const none = `Tenant ${tenant} has no API keys yet: make one with "api-keys add".`;
      return print(json, keys, lines.length === 0 ? none : lines.join("\n"));
    }),
});

const describeKey = (key: ApiKey) =>
  compact({
    id: key._id,
    name: key.name,
    scopes: key.scopes,
    created: key.createdAt.toISOString(),
    expires: key.expiresAt?.toISOString(),
    lastUsed: key.lastUsedAt?.toISOString(),
  });
