import { ulid } from "ulid";
import { CommandError } from "#cli/failures.ts";
import type { Bot, Bots } from "#shared/models/bots.ts";

export interface WantedBot {
  readonly tenantId: string;
  readonly name: string;
  readonly id?: string;
}

/** The bot of that id, else of that name in the tenant, else a new one. */
export async function findOrCreateBot(bots: Bots, wanted: WantedBot): Promise<Bot> {
  const { tenantId, name, id } = wanted;
  const found = id === undefined ? await findByName(bots, wanted) : await bots.find(id);
  if (found !== null && found !== undefined) return checkOwner(found, tenantId);
  const updatedAt = new Date();
  const bot: Bot = { _id: id ?? ulid().toLowerCase(), schemaVersion: 1, tenantId, name, updatedAt };
  await bots.create(bot);
  return bot;
}

const findByName = async (bots: Bots, { tenantId, name }: WantedBot): Promise<Bot | undefined> =>
  (await bots.list()).find((bot) => bot.tenantId === tenantId && bot.name === name);

function checkOwner(bot: Bot, tenantId: string): Bot {
  if (bot.tenantId === tenantId) return bot;
  throw new CommandError(`--id: bot ${bot._id} belongs to tenant ${bot.tenantId}, not ${tenantId}`);
}
