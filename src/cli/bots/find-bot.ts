import { CommandError } from "#cli/failures.ts";
import type { Bot, Bots, BotVersion } from "#shared/models/bots.ts";

export async function findBot(bots: Bots, id: string): Promise<Bot> {
  const bot = await bots.find(id);
  if (bot !== null) return bot;
  throw new CommandError(`there is no bot ${id}: "bot import --publish" tells a bot's id`);
}

/** A version by its number; without one, what is published. */
export async function findVersion(
  bots: Bots,
  { _id, publishedVersionId }: Bot,
  number?: number,
): Promise<BotVersion> {
  const versionId = number === undefined ? publishedVersionId : `${_id}|${number}`;
  const found = versionId === undefined ? null : await bots.findVersion(versionId);
  if (found !== null) return found;
  throw new CommandError(`bot ${_id} has no version ${number ?? "that is published"}`);
}
