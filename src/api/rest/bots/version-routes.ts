import { z } from "zod";
import { findBot, findVersion, refuseUnpublished } from "#api/rest/bots/find-bot.ts";
import { percentField } from "#api/rest/bots/read-publication.ts";
import {
  botSchema,
  numberIn,
  publishedSchema,
  showBot,
  showVersion,
} from "#api/rest/bots/show-bot.ts";
import { byId } from "#api/rest/fields.ts";
import { invalid, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { diffFlows, type Changes } from "#shared/bot/diff-flows.ts";
import type { Bot } from "#shared/models/bots.ts";

const tag = "Bots";
const path = "/api/v1/bots/{id}";

const changesSchema = z
  .object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.object({ id: z.string(), fields: z.array(z.string()) })),
  })
  .meta({ id: "FlowChanges" });

const numberField = z.coerce.number().int().min(1);

/** The flow of a version; without a number, the draft. */
async function readFlowOf(
  call: Call<unknown>,
  bot: Bot,
  number: number | undefined,
): Promise<unknown> {
  return number === undefined ? bot.draft : (await findVersion(call, bot._id, number)).flow;
}

const show = ({ added, removed, changed }: Changes): z.input<typeof changesSchema> => ({
  added: [...added],
  removed: [...removed],
  changed: changed.map(({ id, fields }) => ({ id, fields: [...fields] })),
});

export const versionRoutes = [
  defineRoute({
    id: "diff_bot_versions",
    method: "get",
    path: `${path}/diff`,
    tag,
    summary: "What another version, or the draft, does otherwise: nodes, edges, settings",
    access: "bots:read",
    input: z.object({
      params: byId,
      query: z.strictObject({
        from: numberField.exactOptional().meta({ description: "Without it, what is published" }),
        to: numberField.exactOptional().meta({ description: "Without it, the draft" }),
      }),
    }),
    answer: z.object({ nodes: changesSchema, edges: changesSchema, settings: changesSchema }),
    run: async (call) => {
      const { params, query } = call.input;
      const bot = await findBot(call, params.id);
      const from = query.from ?? numberIn(bot.publishedVersionId);
      if (from === undefined)
        throw invalid([{ field: "from", message: "this bot was never published: name a version" }]);
      const before = await readFlowOf(call, bot, from);
      const { nodes, edges, settings } = diffFlows(before, await readFlowOf(call, bot, query.to));
      return { nodes: show(nodes), edges: show(edges), settings: show(settings) };
    },
  }),
  defineRoute({
    id: "set_bot_canary",
    method: "put",
    path: `${path}/canary`,
    tag,
    summary: "Tries a version out: that share of the conversations begins with it",
    access: "bots:write",
    input: z.object({
      params: byId,
      body: z.strictObject({ number: z.int().min(1), percent: percentField }),
    }),
    answer: botSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const { _id, tenantId } = refuseUnpublished(await findBot(call, params.id));
      const version = await findVersion(call, _id, body.number);
      const canary = { versionId: version._id, percent: body.percent };
      await call.api.models.bots.tryOut(tenantId, _id, canary);
      return showBot(await findBot(call, _id));
    },
  }),
  defineRoute({
    id: "promote_bot_canary",
    method: "post",
    path: `${path}/canary/promote`,
    tag,
    summary: "The version that is tried out becomes everybody's",
    access: "bots:write",
    input: z.object({ params: byId }),
    answer: publishedSchema,
    run: async (call) => {
      const bot = await findBot(call, call.input.params.id);
      if (bot.canary === undefined) throw new Problem(409, "No version of this bot is tried out");
      const { versionId } = bot.canary;
      await call.api.models.bots.release(bot.tenantId, bot._id, versionId);
      const after = await findBot(call, bot._id);
      const version = await findVersion(call, bot._id, numberIn(versionId) ?? 0);
      return { bot: showBot(after), version: showVersion(after, version) };
    },
  }),
  defineRoute({
    id: "withdraw_bot_canary",
    method: "delete",
    path: `${path}/canary`,
    tag,
    summary: "Ends the trial; conversations under way in that version end there",
    access: "bots:write",
    input: z.object({ params: byId }),
    answer: botSchema,
    run: async (call) => {
      const { _id, tenantId } = await findBot(call, call.input.params.id);
      await call.api.models.bots.endTrial(tenantId, _id);
      return showBot(await findBot(call, _id));
    },
  }),
];
