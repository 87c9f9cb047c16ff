import { z } from "zod";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";
import { fileAlert } from "#shared/models/alerts.ts";

/** A worker's sweeper finds it: nothing is fetched here. */
export const mediaRetry = defineCommand({
  name: "media retry",
  summary: "Has a customer's file that was given up fetched once more",
  operands: "ID",
  options: {},
  schema: z.object({ operands: z.tuple([z.string()], { error: "name one file by its id" }) }),
  run: ({ json, operands: [id] }) =>
    withDatabase(async ({ models }) => {
      const file = await models.media.read(id);
      if (file === undefined) throw new CommandError(`there is no file ${id}`);
      if (!(await models.media.retry(file.tenantId, id, new Date())))
        throw new CommandError(`the file ${id} was not given up: it is ${file.state}`);
      const { tenantId } = file;
      await models.alerts.endNamed({ tenantId, ...fileAlert(id) }, new Date());
      return print(json, { id, state: "waiting" }, `${id} is fetched once more.`);
    }),
});
