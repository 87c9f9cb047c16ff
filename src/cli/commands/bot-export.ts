import { z } from "zod";
import { findBot, findVersion } from "#cli/bots/find-bot.ts";
import { defineCommand } from "#cli/define-command.ts";
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
      const { flow } = await findVersion(bots, await findBot(bots, id), version);
      return json ? JSON.stringify(flow) : JSON.stringify(flow, null, 2);
    }),
});
