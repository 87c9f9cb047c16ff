import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";

/** The same trouble opens it again. */
export const alertsEnd = defineCommand({
  name: "alerts end",
  summary: "Marks an alert as seen to",
  operands: "ID",
  options: {},
  schema: z.object({ operands: z.tuple([z.string()], { error: "name one alert by its id" }) }),
  run: ({ json, operands: [id] }) =>
    withDatabase(async ({ models }) => {
      if (!(await models.alerts.endAnyones(id, new Date())))
        throw new CommandError(`there is no open alert ${id}`);
      return print(json, { id }, `${id} is over.`);
    }),
});
