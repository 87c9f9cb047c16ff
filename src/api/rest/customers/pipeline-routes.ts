import { ulid } from "ulid";
import { z } from "zod";
import { byId, idField, nameField } from "#api/rest/fields.ts";
import { pageOf } from "#api/rest/pages.ts";
import { invalid, notFound } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import type { Pipeline, Stage } from "#shared/domain/deal.ts";
import { defaultPipelineOf } from "#shared/models/pipelines.ts";
import { compact } from "#shared/providers/compact.ts";

const tag = "Deals";
const path = "/api/v1/pipelines";

const pipelineSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    currency: z.string(),
    stages: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: "Pipeline" });

const showPipeline = ({ _id, name, currency, stages }: Pipeline) => ({
  id: _id,
  name,
  currency,
  stages: stages.map((stage) => ({ id: stage.id, name: stage.name })),
});

const currencyField = z.string().regex(/^[A-Z]{3}$/, "must be three capital letters (ISO 4217)");

const stagesField = z
  .array(
    z.strictObject({
      id: idField.exactOptional().meta({ description: "Of a stage that is there; absent: new" }),
      name: nameField,
    }),
  )
  .min(1)
  .max(50);
type AskedStages = z.output<typeof stagesField>;

const mintStage = (name: string): Stage => ({ id: ulid().toLowerCase(), name });

/** What the caller names stays what it was; a stage in which deals stand cannot go. */
async function changeStages(
  { api }: Call<unknown>,
  { _id, tenantId, stages }: Pipeline,
  asked: AskedStages,
): Promise<readonly Stage[]> {
  const known = new Set(stages.map(({ id }) => id));
  const ids = asked.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (ids.some((id) => !known.has(id)) || new Set(ids).size < ids.length)
    throw invalid([{ field: "stages", message: "name each stage of this pipeline once, or none" }]);
  for (const { id: stageId, name } of stages.filter(({ id }) => !ids.includes(id))) {
    const query = { pipelineId: _id, stageId, limit: 1 };
    const [deal] = await api.models.deals.list(tenantId, query);
    if (deal !== undefined)
      throw invalid([{ field: "stages", message: `deals stand in ${name}: move them first` }]);
  }
  return asked.map(({ id, name }) => (id === undefined ? mintStage(name) : { id, name }));
}

async function findPipeline({ api, identity }: Call<unknown>, id: string): Promise<Pipeline> {
  const pipeline = await api.models.pipelines.find(identity.tenantId, id);
  if (pipeline === null) throw notFound("pipeline");
  return pipeline;
}

export const pipelineRoutes = [
  defineRoute({
    id: "list_pipelines",
    method: "get",
    path,
    tag,
    summary: "The tenant's pipelines with their stages",
    access: "contacts:read",
    input: z.object({}),
    answer: pageOf(pipelineSchema),
    run: async ({ api, identity }) => {
      const wanted = defaultPipelineOf(api.config);
      const found = await api.models.pipelines.list(identity.tenantId, wanted, new Date());
      return { items: found.map(showPipeline), next_cursor: null };
    },
  }),
  defineRoute({
    id: "create_pipeline",
    method: "post",
    path,
    tag,
    summary: "Makes a further pipeline; deals that name none go into the oldest",
    access: "settings:write",
    status: 201,
    input: z.object({
      body: z.strictObject({
        name: nameField,
        currency: currencyField.exactOptional(),
        stages: z
          .array(z.strictObject({ name: nameField }))
          .min(1)
          .max(50),
      }),
    }),
    answer: pipelineSchema,
    run: async ({ api, identity, input }) => {
      const { name, currency, stages } = input.body;
      const { tenantId } = identity;
      const { pipelines } = api.models;
      const createdAt = new Date();
      // The first of a tenant is the settings' own.
      const wanted = defaultPipelineOf(api.config);
      await pipelines.list(tenantId, wanted, createdAt);
      const pipeline: Pipeline = {
        _id: ulid().toLowerCase(),
        schemaVersion: 1,
        tenantId,
        name,
        currency: currency ?? wanted.currency,
        stages: stages.map((stage) => mintStage(stage.name)),
        createdAt,
      };
      await pipelines.create(pipeline);
      return showPipeline(pipeline);
    },
  }),
  defineRoute({
    id: "update_pipeline",
    method: "patch",
    path: `${path}/{id}`,
    tag,
    summary: "Renames it, or replaces its stages: those that are named by id stay what they are",
    access: "settings:write",
    input: z.object({
      params: byId,
      body: z.strictObject({
        name: nameField.exactOptional(),
        currency: currencyField.exactOptional(),
        stages: stagesField.exactOptional(),
      }),
    }),
    answer: pipelineSchema,
    run: async (call) => {
      const { params, body } = call.input;
      const pipeline = await findPipeline(call, params.id);
      const { name, currency } = body;
      const stages = body.stages && (await changeStages(call, pipeline, body.stages));
      const change = compact({ name, currency, stages });
      const { tenantId, _id } = pipeline;
      if (Object.keys(change).length > 0)
        await call.api.models.pipelines.update(tenantId, _id, change);
      return showPipeline(await findPipeline(call, _id));
    },
  }),
];
