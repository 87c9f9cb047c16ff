import { z } from "zod";
import { defineCommand } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";

/** What comes out can be imported: it is the document as it was published. */
export const botExport = defineCommand({
  name: "bot export",
  summary: "Prints a bot's flow as JSON, ready for bot import",
  operands: "BOT",
  options: {
    version: { value: "N", help: "which version; default: the published one" },
  },
  schema: z.object({
    version: z.coerce.number<string>().int().positive().exactOptional(),
    operands: z.tuple([z.string()], { error: "name one bot by its id" }),
  }),
  run: ({ json, version, operands: [id] }) =>
    withDatabase(async ({ models: { bots } }) => {
      const bot = await bots.find(id);
      if (bot === null)
        throw new CommandError(`there is no bot ${id}: "bot import --publish" tells a bot's id`);
      const versionId = version === undefined ? bot.publishedVersionId : `${id}|${version}`;
      const found = versionId === undefined ? null : await bots.findVersion(versionId);
      if (found === null)
        throw new CommandError(`bot ${id} has no version ${version ?? "that is published"}`);
      return json ? JSON.stringify(found.flow) : JSON.stringify(found.flow, null, 2);
    }),
});
