import { ulid } from "ulid";
import { z } from "zod";
import { checkFlow, faultSchema, listFaults } from "#api/rest/bots/check-flow.ts";
import { findBot, findVersion, refuseUnpublished } from "#api/rest/bots/find-bot.ts";
import { publishing, readPublication } from "#api/rest/bots/read-publication.ts";
import {
  botSchema,
  draftSchema,
  flowField,
  publishedSchema,
  readFlow,
  showBot,
  showDraft,
  showVersion,
  versionSchema,
} from "#api/rest/bots/show-bot.ts";
import { byId, idField, nameField } from "#api/rest/fields.ts";
import { pageFields, pageOf, toPage } from "#api/rest/pages.ts";
import { invalid, Problem } from "#api/rest/problem.ts";
import { defineRoute } from "#api/rest/route.ts";
import type { Bot } from "#shared/models/bots.ts";

const tag = "Bots";
const path = "/api/v1/bots";

const numberField = z.coerce.number().int().min(1);

export const botRoutes = [
  defineRoute({
    id: "list_bots",
    method: "get",
    path,
    tag,
    summary: "The tenant's bots",
    access: "bots:read",
    input: z.object({ query: z.strictObject(pageFields) }),
    answer: pageOf(botSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor = "" } = input.query;
      const found = await api.models.bots.listOf(identity.tenantId, cursor, limit + 1);
      return toPage(found, limit, { cursorOf: ({ _id }) => _id, show: showBot });
    },
  }),
  defineRoute({
    id: "create_bot",
    method: "post",
    path,
    tag,
    summary: "Makes a bot; a draft may have faults, publishing needs none",
    access: "bots:write",
    status: 201,
    input: z.object({ body: z.strictObject({ name: nameField, flow: flowField.exactOptional() }) }),
    answer: draftSchema,
    run: async ({ api, identity, input }) => {
      const { name, flow } = input.body;
      const bot: Bot = {
        _id: ulid().toLowerCase(),
        schemaVersion: 1,
        tenantId: identity.tenantId,
        name,
        ...(flow === undefined ? {} : { draft: flow }),
        updatedAt: new Date(),
      };
      await api.models.bots.create(bot);
      return showDraft(bot);
    },
  }),
  defineRoute({
    id: "validate_flow",
    method: "post",
    path: `${path}/validate`,
    tag,
    summary: "Every fault and warning of a scenario, each with its node; nothing is stored",
    access: "bots:read",
    input: z.object({ body: z.strictObject({ flow: flowField }) }),
    answer: z.object({ is_valid: z.boolean(), faults: z.array(faultSchema) }),
    run: async ({ input }) => {
      const faults = listFaults(input.body.flow);
      return { is_valid: faults.every(({ severity }) => severity !== "error"), faults };
    },
  }),
  defineRoute({
    id: "show_bot",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One bot with its draft",
    access: "bots:read",
    input: z.object({ params: byId }),
    answer: draftSchema,
    run: async (call) => showDraft(await findBot(call, call.input.params.id)),
  }),
  defineRoute({
    id: "replace_bot",
    method: "put",
    path: `${path}/{id}`,
    tag,
    summary: "Replaces the name and the draft; what is published stays as it is",
    access: "bots:write",
    input: z.object({ params: byId, body: z.strictObject({ name: nameField, flow: flowField }) }),
    answer: draftSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const { _id, tenantId } = await findBot(call, params.id);
      await call.api.models.bots.updateOf(tenantId, _id, { name: body.name, draft: body.flow });
      return showDraft(await findBot(call, _id));
    },
  }),
  defineRoute({
    id: "publish_bot",
    method: "post",
    path: `${path}/{id}/publish`,
    tag,
    summary:
      "Makes the draft the next version, which never changes; conversations under way keep theirs, or move",
    access: "bots:write",
    input: z.object({ params: byId, body: publishing.default({}) }),
    answer: publishedSchema,
    run: async (call) => {
      const bot = await findBot(call, call.input.params.id);
      if (bot.draft === undefined)
        throw new Problem(409, "This bot has no draft: PUT a flow first");
      checkFlow(bot.draft, "draft");
      const publication = readPublication(bot.draft, call.input.body);
      if (publication.canaryPercent !== undefined) refuseUnpublished(bot);
      const { bots } = call.api.models;
      const version = await bots.publish(bot, bot.draft, new Date(), publication);
      const after = await findBot(call, bot._id);
      return { bot: showBot(after), version: showVersion(after, version) };
    },
  }),
  defineRoute({
    id: "list_bot_versions",
    method: "get",
    path: `${path}/{id}/versions`,
    tag,
    summary: "What was published, the newest first",
    access: "bots:read",
    input: z.object({ params: byId, query: z.strictObject(pageFields) }),
    answer: pageOf(versionSchema),
    run: async (call) => {
      const { params, query } = call.input;
      const bot = await findBot(call, params.id);
      const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(query.cursor);
      if (Number.isNaN(before)) throw invalid([{ field: "cursor", message: "is of another list" }]);
      const { tenantId, _id } = bot;
      const { bots } = call.api.models;
      const found = await bots.listVersionsOf(tenantId, _id, before, query.limit + 1);
      return toPage(found, query.limit, {
        cursorOf: ({ number }) => String(number),
        show: (version) => showVersion(bot, version),
      });
    },
  }),
  defineRoute({
    id: "export_bot_version",
    method: "get",
    path: `${path}/{id}/versions/{number}`,
    tag,
    summary: "One version with its flow, as it was published",
    access: "bots:read",
    input: z.object({ params: z.strictObject({ id: idField, number: numberField }) }),
    answer: z.object({ ...versionSchema.shape, flow: flowField }),
    run: async (call) => {
      const { id, number } = call.input.params;
      const bot = await findBot(call, id);
      const version = await findVersion(call, bot._id, number);
      return { ...showVersion(bot, version), flow: readFlow(version.flow) ?? {} };
    },
  }),
  defineRoute({
    id: "roll_back_bot",
    method: "post",
    path: `${path}/{id}/rollback`,
    tag,
    summary: "Publishes an earlier version again; conversations under way keep theirs",
    access: "bots:write",
    input: z.object({ params: byId, body: z.strictObject({ number: z.int().min(1) }) }),
    answer: publishedSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const { _id, tenantId } = await findBot(call, params.id);
      const version = await findVersion(call, _id, body.number);
      await call.api.models.bots.release(tenantId, _id, version._id);
      const after = await findBot(call, _id);
      return { bot: showBot(after), version: showVersion(after, version) };
    },
  }),
];
