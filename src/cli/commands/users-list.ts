import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { describeUser } from "#cli/users/describe-user.ts";
import { withDatabase } from "#cli/with-database.ts";

const most = 10_000;

/** Nothing of their passwords. */
export const usersList = defineCommand({
  name: "users list",
  summary: "Lists a tenant's people with their addresses and numbers",
  options: { tenant: { value: "ID", help: "default: default" } },
  schema: z.object({ tenant: z.string().default("default") }),
  run: ({ json, tenant }) =>
    withDatabase(async ({ models }) => {
      const users = (await models.users.list(tenant, "", most)).map(describeUser);
      const lines = users.map(({ id, role, name, email = "-", phone = "-" }) =>
        [id, role.padEnd(8), email, phone, name].join("  "),
      );
      const none = `Tenant ${tenant} has no users yet: add one with "users add".`;
      return print(json, users, lines.length === 0 ? none : lines.join("\n"));
    }),
});
