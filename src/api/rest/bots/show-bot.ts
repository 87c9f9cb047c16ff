import { z } from "zod";
import { dateField } from "#api/rest/fields.ts";
import type { Bot, BotVersion, Canary } from "#shared/models/bots.ts";

export const flowField = z.looseObject({}).meta({
  description: "The scenario: nodes, edges, start; docs/flows.md",
  example: { nodes: [] },
});

export const botSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    published_version: z.int().nullable(),
    canary: z.object({ number: z.int(), percent: z.number() }).nullable().meta({
      description: "The version that is tried out, and on what share of the conversations",
    }),
    updated_at: dateField,
  })
  .meta({ id: "Bot" });

export const draftSchema = z
  .object({ ...botSchema.shape, draft: flowField.nullable() })
  .meta({ id: "BotWithDraft" });

export const versionSchema = z
  .object({ number: z.int(), is_published: z.boolean(), published_at: dateField })
  .meta({ id: "BotVersion" });

/** A version's id ends with its number (`publish` in the model). */
export const numberIn = (versionId: string | undefined): number | undefined =>
  versionId === undefined ? undefined : Number(versionId.slice(versionId.lastIndexOf("|") + 1));

export const publishedSchema = z.object({ bot: botSchema, version: versionSchema });

export const showBot = (bot: Omit<Bot, "draft">): z.input<typeof botSchema> => ({
  id: bot._id,
  name: bot.name,
  published_version: numberIn(bot.publishedVersionId) ?? null,
  canary: showCanary(bot.canary) ?? null,
  updated_at: bot.updatedAt.toISOString(),
});

const showCanary = (canary: Canary | undefined) =>
  canary && { number: numberIn(canary.versionId) ?? 0, percent: canary.percent };

export const showDraft = (bot: Bot): z.input<typeof draftSchema> => ({
  ...showBot(bot),
  draft: readFlow(bot.draft),
});

export const readFlow = (flow: unknown): Record<string, unknown> | null =>
  flow === undefined ? null : z.looseObject({}).parse(flow);

export const showVersion = (
  bot: Pick<Bot, "publishedVersionId">,
  version: Omit<BotVersion, "flow">,
): z.input<typeof versionSchema> => ({
  number: version.number,
  is_published: version._id === bot.publishedVersionId,
  published_at: version.publishedAt.toISOString(),
});
