import { isDeepStrictEqual } from "node:util";
import type { Bot, Bots } from "#shared/models/bots.ts";

/** Publishes a checked flow; one that is published already makes no new version. */
export async function publishFlow(bots: Bots, bot: Bot, flow: unknown): Promise<string> {
  const { publishedVersionId } = bot;
  if (publishedVersionId !== undefined) {
    const published = await bots.findVersion(publishedVersionId);
    if (isDeepStrictEqual(published?.flow, flow)) return publishedVersionId;
  }
  return (await bots.publish(bot, flow, new Date()))._id;
}
