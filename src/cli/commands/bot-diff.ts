import { z } from "zod";
import { findBot, findVersion } from "#cli/bots/find-bot.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { withDatabase } from "#cli/with-database.ts";
import { diffFlows, type Changes } from "#shared/bot/diff-flows.ts";

const numberField = z.coerce.number<string>().int().positive().exactOptional();

/** Compares two versions, or one with the draft. */
export const botDiff = defineCommand({
  name: "bot diff",
  summary: "What a version of a bot, or its draft, does otherwise than another version",
  operands: "BOT",
  options: {
    from: { value: "N", help: "default: the published version" },
    to: { value: "N", help: "default: the draft" },
  },
  schema: z.object({
    from: numberField,
    to: numberField,
    operands: z.tuple([z.string()], { error: "name one bot by its id" }),
  }),
  run: ({ json, from, to, operands: [id] }) =>
    withDatabase(async ({ models: { bots } }) => {
      const bot = await findBot(bots, id);
      const before = await findVersion(bots, bot, from);
      const after = to === undefined ? bot.draft : (await findVersion(bots, bot, to)).flow;
      const diff = diffFlows(before.flow, after);
      const lines = [
        ...tell("node", diff.nodes),
        ...tell("edge", diff.edges),
        ...tell("setting", diff.settings),
      ];
      return print(json, diff, lines.length === 0 ? "They do the same." : lines.join("\n"));
    }),
});

const tell = (what: string, { added, removed, changed }: Changes): readonly string[] => [
  ...added.map((id) => `+ ${what} ${id}`),
  ...removed.map((id) => `- ${what} ${id}`),
  ...changed.map(({ id, fields }) => `~ ${what} ${id}: ${fields.join(", ")}`),
];
