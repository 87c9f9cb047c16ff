import { ulid } from "ulid";
import { z } from "zod";
import { tellConnections } from "#api/rest/connections/tell-connections.ts";
import { byId, dateField, idField, nameField } from "#api/rest/fields.ts";
import { pageFields, pageOf, readCursor, toPage } from "#api/rest/pages.ts";
import { invalid, notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Deal } from "#shared/domain/deal.ts";
import { defaultPipelineOf } from "#shared/models/pipelines.ts";
import { writePlace } from "#shared/models/place.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Deals";
const path = "/api/v1/deals";

const statuses = ["open", "won", "lost"] as const;

const dealSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    contact_id: z.string(),
    conversation_id: z.string().nullable(),
    pipeline_id: z.string(),
    stage_id: z.string(),
    status: z.enum(statuses),
    amount: z.number().nullable(),
    currency: z.string(),
    fields: z.record(z.string(), z.string()),
    history: z.array(
      z.object({
        at: dateField,
        by: z.string().nullable().meta({ description: "null: the bot" }),
        from: z.string().nullable(),
        to: z.string(),
      }),
    ),
    created_at: dateField,
    updated_at: dateField,
  })
  .meta({ id: "Deal" });

const showDeal = (deal: Deal): z.input<typeof dealSchema> => ({
  id: deal._id,
  title: deal.title,
  contact_id: deal.contactId,
  conversation_id: deal.conversationId ?? null,
  pipeline_id: deal.pipelineId,
  stage_id: deal.stageId,
  status: deal.status,
  amount: deal.amount ?? null,
  currency: deal.currency,
  fields: { ...deal.fields },
  history: deal.history.map(({ at, by, from, to }) => ({
    at: at.toISOString(),
    by: by ?? null,
    from: from ?? null,
    to,
  })),
  created_at: deal.createdAt.toISOString(),
  updated_at: deal.updatedAt.toISOString(),
});

async function findDeal({ api, identity }: Call<unknown>, id: string): Promise<Deal> {
  const deal = await api.models.deals.find(identity.tenantId, id);
  if (deal === null) throw notFound("deal");
  return deal;
}

const changed = (): Problem =>
  new Problem(409, "Somebody moved or closed this deal just now: read it and try again");

/** To another stage of its pipeline; a deal that is closed stands still. */
async function move({ api, identity }: Call<unknown>, deal: Deal, stageId: string): Promise<void> {
  const { tenantId, _id, pipelineId, stageId: from } = deal;
  if (from === stageId) return;
  const pipeline = await api.models.pipelines.find(tenantId, pipelineId);
  if (pipeline?.stages.every(({ id }) => id !== stageId) ?? true)
    throw invalid([{ field: "stage_id", message: "is no stage of this deal's pipeline" }]);
  const by = { by: identity.id, at: new Date() };
  if (!(await api.models.deals.move(tenantId, _id, { from, to: stageId }, by))) throw changed();
}

async function close(
  { api, identity }: Call<unknown>,
  { tenantId, _id, status: from }: Deal,
  to: Deal["status"],
): Promise<void> {
  if (from === to) return;
  const by = { by: identity.id, at: new Date() };
  if (!(await api.models.deals.close(tenantId, _id, { from, to }, by))) throw changed();
}

const moveOf = (before: Deal, after: Deal) => ({
  deal: showDeal(after),
  from: { stage_id: before.stageId, status: before.status },
});

const amount = z.number().min(0).max(1e12);
const fields = z.record(z.string().min(1).max(100), z.string().max(4096));

export const dealRoutes = [
  defineRoute({
    id: "list_deals",
    method: "get",
    path,
    tag,
    summary: "The tenant's deals, the last changed first",
    access: "contacts:read",
    input: z.object({
      query: z.strictObject({
        ...pageFields,
        pipeline_id: idField.exactOptional(),
        stage_id: idField.exactOptional(),
        status: z.enum(statuses).exactOptional(),
        contact_id: idField.exactOptional(),
      }),
    }),
    answer: pageOf(dealSchema),
    run: async ({ api, identity, input }) => {
      const { limit, cursor, status, contact_id: contactId } = input.query;
      const { pipeline_id: pipelineId, stage_id: stageId } = input.query;
      const { contacts, deals } = api.models;
      const whole =
        contactId === undefined ? undefined : await contacts.read(identity.tenantId, contactId);
      const query = compact({
        pipelineId,
        stageId,
        status,
        contactIds: contactId === undefined ? undefined : (whole?.ids ?? []),
        after: readCursor(cursor),
      });
      const found = await deals.list(identity.tenantId, { ...query, limit: limit + 1 });
      return toPage(found, limit, {
        cursorOf: ({ _id, updatedAt }) => writePlace({ id: _id, at: updatedAt }),
        show: showDeal,
      });
    },
  }),
  defineRoute({
    id: "create_deal",
    method: "post",
    path,
    tag,
    summary: "Opens a deal of a contact, in the named pipeline and stage or the first ones",
    access: "contacts:write",
    status: 201,
    input: z.object({
      body: z.strictObject({
        title: nameField,
        contact_id: idField,
        pipeline: idField.exactOptional().meta({ description: "Its id or name" }),
        stage: idField.exactOptional().meta({ description: "Its id or name" }),
        amount: amount.exactOptional(),
        fields: fields.default({}),
      }),
    }),
    answer: dealSchema,
    run: async (call) => {
      const { api, identity, input } = call;
      const { contact_id: contactId, ...rest } = input.body;
      const { tenantId, id: by } = identity;
      if ((await api.models.contacts.find(tenantId, contactId)) === null)
        throw invalid([{ field: "contact_id", message: "is no contact" }]);
      const _id = ulid().toLowerCase();
      const wish = { ...rest, _id, tenantId, contactId, by, at: new Date() };
      const deal = showDeal(await api.models.deals.open(wish, defaultPipelineOf(api.config)));
      await tellConnections(call, { type: "deal.created", contactId, data: { deal } });
      return deal;
    },
  }),
  defineRoute({
    id: "show_deal",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "One deal with its history",
    access: "contacts:read",
    input: z.object({ params: byId }),
    answer: dealSchema,
    run: async (call) => showDeal(await findDeal(call, call.input.params.id)),
  }),
  defineRoute({
    id: "update_deal",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary:
      "Moves it to a stage, closes it as won or lost or opens it again, or changes its facts",
    access: "contacts:write",
    input: z.object({
      params: byId,
      body: z.strictObject({
        title: nameField.exactOptional(),
        amount: amount.exactOptional(),
        fields: fields.exactOptional(),
        stage_id: idField.exactOptional(),
        status: z.enum(statuses).exactOptional(),
      }),
    }),
    answer: dealSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const deal = await findDeal(call, params.id);
      const { stage_id: stageId, status, ...facts } = body;
      if (stageId !== undefined) await move(call, deal, stageId);
      if (status !== undefined) await close(call, deal, status);
      if (Object.keys(facts).length > 0)
        await call.api.models.deals.edit(deal.tenantId, deal._id, facts, new Date());
      const after = await findDeal(call, deal._id);
      if (after.stageId !== deal.stageId || after.status !== deal.status)
        await tellConnections(call, { type: "deal.moved", ...deal, data: moveOf(deal, after) });
      return showDeal(after);
    },
  }),
];
