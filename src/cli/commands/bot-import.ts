import { basename } from "node:path";
import { z } from "zod";
import { findOrCreateBot } from "#cli/bots/find-or-create-bot.ts";
import { publishFlow } from "#cli/bots/publish-flow.ts";
import { readMoves } from "#cli/bots/read-moves.ts";
import { readFlow } from "#cli/bots/read-flow.ts";
import { plainName } from "#cli/channels/channel-flags.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { ensureTenant } from "#cli/ensure-tenant.ts";
import { CommandError, UsageError } from "#cli/failures.ts";
import { findChannel } from "#cli/find-channel.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import type { Move } from "#shared/models/bots.ts";
import { botIdsOf, keepBots } from "#shared/models/channels.ts";
import { ensureIndexes } from "#shared/models/open-models.ts";

const schema = z.object({
  name: z.string().trim().min(1).max(200).exactOptional(),
  id: plainName.exactOptional(),
  tenant: plainName.exactOptional(),
  channel: z.string().exactOptional(),
  publish: z.boolean().default(false),
  move: z.array(z.string()).exactOptional(),
  canary: z.coerce.number<string>().min(0).max(100).exactOptional(),
  operands: z.tuple([z.string()], { error: "name one flow file, or - for standard input" }),
});
type Flags = z.infer<typeof schema>;

/** Without --publish it only checks: a bot's versions are what was published. */
export const botImport = defineCommand({
  name: "bot import",
  summary: "Checks a flow; with --publish stores it as the bot's next version and makes it answer",
  operands: "FILE",
  options: {
    name: { value: "NAME", help: "the bot's name; default: the file's" },
    id: { value: "ID", help: "the bot; default: the one of that name in the tenant, or a new one" },
    tenant: { value: "ID", help: "whose bot it is; default: the channel's tenant, or default" },
    channel: { value: "ID", help: "attach the bot to this channel" },
    move: {
      value: "OLD=NEW",
      many: true,
      help: "who waits at node OLD goes on at NEW; others keep their version",
    },
    canary: { value: "PERCENT", help: "try the version out on that share of the conversations" },
    publish: { help: "store and publish; without it the file is only checked" },
  },
  schema,
  run: async ({ json, ...flags }) => {
    const [file] = flags.operands;
    if (flags.channel !== undefined && !flags.publish)
      throw new UsageError("--channel: needs --publish, a bot without a version cannot answer");
    if ((flags.move ?? flags.canary) !== undefined && !flags.publish)
      throw new UsageError("--move and --canary: need --publish");
    const { document, flow } = await readFlow(file);
    const moves = readMoves(flow, flags.move);
    if (!flags.publish)
      return print(json, { valid: true }, `${file} is a valid flow. Add --publish to store it.`);
    const told = await withDatabase((database) => store(database, flags, document, moves));
    const where = told.channel === undefined ? "" : ` and answers on channel ${told.channel}`;
    const does = flags.canary === undefined ? "is published as" : "tries out";
    return print(json, told, `Bot ${told.id} ${does} version ${told.versionId}${where}.`);
  },
});

async function store(
  { connection, models }: Database,
  flags: Flags,
  flow: unknown,
  moves: readonly Move[],
) {
  await ensureIndexes(connection);
  const channel = await findOptionalChannel(models.channels, flags);
  const tenantId = channel?.tenantId ?? flags.tenant ?? "default";
  await ensureTenant(models.tenants, tenantId);
  const name = flags.name ?? basename(flags.operands[0], ".json");
  const wanted = { tenantId, name, ...(flags.id === undefined ? {} : { id: flags.id }) };
  const bot = await findOrCreateBot(models.bots, wanted);
  const { canary: canaryPercent } = flags;
  if (canaryPercent !== undefined && bot.publishedVersionId === undefined)
    throw new CommandError("--canary: this bot was never published, publish it for all first");
  const versionId = await publishFlow(models.bots, bot, flow, {
    ...(moves.length === 0 ? {} : { moves }),
    ...(canaryPercent === undefined ? {} : { canaryPercent }),
  });
  if (channel !== undefined && !botIdsOf(channel).includes(bot._id)) {
    const { set, unset } = keepBots([bot._id]);
    await models.channels.update(channel._id, set, unset);
  }
  return {
    id: bot._id,
    name: bot.name,
    versionId,
    tenant: tenantId,
    ...(channel === undefined ? {} : { channel: channel._id }),
  };
}

async function findOptionalChannel(
  channels: Database["models"]["channels"],
  { channel: id, tenant }: Flags,
) {
  if (id === undefined) return undefined;
  const channel = await findChannel(channels, id);
  if (tenant === undefined || tenant === channel.tenantId) return channel;
  throw new CommandError(`--tenant: channel ${id} belongs to ${channel.tenantId}, not ${tenant}`);
}
