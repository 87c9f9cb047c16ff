import { z } from "zod";
import { findBot, findVersion } from "#cli/bots/find-bot.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError, UsageError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";
import type { Bot, Bots } from "#shared/models/bots.ts";

const schema = z.object({
  version: z.coerce.number<string>().int().positive().exactOptional(),
  canary: z.coerce.number<string>().min(0).max(100).exactOptional(),
  promote: z.boolean().default(false),
  withdraw: z.boolean().default(false),
  operands: z.tuple([z.string()], { error: "name one bot by its id" }),
});
type Flags = z.infer<typeof schema>;

/** Which version conversations begin with; those under way stay where they are. */
export const botRelease = defineCommand({
  name: "bot release",
  summary: "Says which version of a bot conversations begin with, all of them or a share",
  operands: "BOT",
  options: {
    version: { value: "N", help: "this one: an earlier one again, or the one to try out" },
    canary: { value: "PERCENT", help: "only for that share of the conversations" },
    promote: { help: "the version that is tried out becomes everybody's" },
    withdraw: { help: "ends the trial" },
  },
  schema,
  run: ({ json, ...flags }) =>
    withDatabase(async ({ models: { bots } }) => {
      const bot = await findBot(bots, flags.operands[0]);
      await release(bots, bot, flags);
      const { _id, publishedVersionId, canary } = await findBot(bots, bot._id);
      const trial = canary === undefined ? "" : `, ${canary.percent} % with ${canary.versionId}`;
      const told = { id: _id, versionId: publishedVersionId, canary };
      return print(json, told, `Conversations begin with ${String(publishedVersionId)}${trial}.`);
    }),
});

async function release(bots: Bots, bot: Bot, flags: Flags): Promise<void> {
  const { version: number, canary: percent, promote, withdraw } = flags;
  const { _id, tenantId, canary, publishedVersionId } = bot;
  const asked = [number !== undefined, promote, withdraw].filter(Boolean).length;
  if (asked !== 1) throw new UsageError("give one of --version, --promote and --withdraw");
  if (percent !== undefined && number === undefined)
    throw new UsageError("--canary: name the version by --version");
  if (promote && canary === undefined)
    throw new CommandError(`no version of bot ${_id} is tried out`);
  if (percent !== undefined && publishedVersionId === undefined)
    throw new CommandError(`bot ${_id} was never published, publish a version for all first`);
  if (withdraw) await bots.endTrial(tenantId, _id);
  else if (canary !== undefined && promote) await bots.release(tenantId, _id, canary.versionId);
  else {
    const { _id: versionId } = await findVersion(bots, bot, number);
    if (percent === undefined) await bots.release(tenantId, _id, versionId);
    else await bots.tryOut(tenantId, _id, { versionId, percent });
  }
}
