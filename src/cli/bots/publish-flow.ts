import { isDeepStrictEqual } from "node:util";
import type { Bot, Bots, Publication } from "#shared/models/bots.ts";

/** Publishes a checked flow; one that is published already makes no new version. */
export async function publishFlow(
  bots: Bots,
  bot: Bot,
  flow: unknown,
  publication: Publication = {},
): Promise<string> {
  const { publishedVersionId } = bot;
  if (publishedVersionId !== undefined) {
    const published = await bots.findVersion(publishedVersionId);
    if (isDeepStrictEqual(published?.flow, flow)) return publishedVersionId;
  }
  return (await bots.publish(bot, flow, new Date(), publication))._id;
}
