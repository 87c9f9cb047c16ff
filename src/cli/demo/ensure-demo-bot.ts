import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { findOrCreateBot } from "#cli/bots/find-or-create-bot.ts";
import { readFlow } from "#cli/bots/read-flow.ts";
import { demoTenant } from "#cli/demo/demo-channels.ts";
import type { Bot, Bots } from "#shared/models/bots.ts";

const exampleFile = fileURLToPath(new URL("../../../examples/bots/salon.ru.json", import.meta.url));
const wanted = { tenantId: demoTenant.id, id: "demo-salon", name: "Salon (demo)" };

/** Publishes the example where it never was: what people published on this bot afterwards stays. */
export async function ensureDemoBot(bots: Bots): Promise<{ id: string; versionId: string }> {
  const { document: flow } = await readFlow(exampleFile);
  const bot = await findOrCreateBot(bots, wanted);
  const { _id: id, publishedVersionId } = bot;
  if (publishedVersionId !== undefined && (await wasPublished(bots, bot, flow)))
    return { id, versionId: publishedVersionId };
  return { id, versionId: (await bots.publish(bot, flow, new Date()))._id };
}

/** Versions are numbered without a gap (`publish` in the model). */
async function wasPublished(bots: Bots, bot: Bot, flow: unknown): Promise<boolean> {
  for (let number = 1; ; number += 1) {
    const version = await bots.findVersion(`${bot._id}|${number}`);
    if (version === null) return false;
    if (isDeepStrictEqual(version.flow, flow)) return true;
  }
}
