import { z } from "zod";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";

/** It holds at the next request. */
export const apiKeysRevoke = defineCommand({
  name: "api-keys revoke",
  summary: "Ends an API key at once",
  operands: "ID",
  options: { tenant: { value: "ID", help: "whose key it is; default: default" } },
  schema: z.object({
    tenant: plainName.default("default"),
    operands: z.tuple([z.string()], { error: "name one key by its id" }),
  }),
  run: ({ json, tenant, operands: [id] }) =>
    withDatabase(async ({ models }) => {
      if (!(await models.apiKeys.remove(tenant, id)))
        throw new CommandError(`there is no API key ${id}: "api-keys list" shows them`);
      return print(json, { id }, `The key ${id} is worth nothing any more.`);
    }),
});
