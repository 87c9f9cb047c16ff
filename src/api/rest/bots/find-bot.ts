import { notFound, Problem } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import type { Bot, BotVersion } from "#shared/models/bots.ts";

export async function findBot({ api, identity }: Call<unknown>, id: string): Promise<Bot> {
  const bot = await api.models.bots.findOf(identity.tenantId, id);
  if (bot === null) throw notFound("bot");
  return bot;
}

export async function findVersion(
  { api, identity }: Call<unknown>,
  botId: string,
  number: number,
): Promise<BotVersion> {
  const version = await api.models.bots.findVersionOf(identity.tenantId, botId, number);
  if (version === null) throw notFound("version of this bot");
  return version;
}

/** A trial needs something that the others begin with. */
export function refuseUnpublished(bot: Bot): Bot {
  if (bot.publishedVersionId !== undefined) return bot;
  throw new Problem(409, "This bot was never published: publish a version for all first");
}
