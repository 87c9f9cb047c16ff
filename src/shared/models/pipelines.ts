import { Schema } from "mongoose";
import type { DefaultPipeline, Pipeline } from "#shared/domain/deal.ts";
import { createInserter } from "#shared/models/batches.ts";
import type { Collection } from "#shared/runtime/mongo.ts";

export const pipelineSchema = new Schema(
  {
    _id: String,
    schemaVersion: Number,
    tenantId: String,
    name: String,
    currency: String,
    stages: [Object],
    createdAt: Date,
  },
  { collection: "pipelines", versionKey: false },
).index({ tenantId: 1, createdAt: 1 });

interface PipelineSettings {
  readonly PIPELINE_NAME: string;
  readonly PIPELINE_STAGES: readonly string[];
  readonly PIPELINE_CURRENCY: string;
}

/** What the settings give a tenant that has no pipeline. */
export const defaultPipelineOf = (settings: PipelineSettings): DefaultPipeline => ({
  name: settings.PIPELINE_NAME,
  stages: settings.PIPELINE_STAGES,
  currency: settings.PIPELINE_CURRENCY,
});

const mostPipelines = 100;

export function createPipelines(collection: Collection) {
  const insert = createInserter<Pipeline>(collection);
  const list = (tenantId: string) =>
    collection
      .find<Pipeline>({ tenantId })
      .sort({ createdAt: 1, _id: 1 })
      .limit(mostPipelines)
      .toArray();
  return {
    /** The oldest first; a tenant without any gets the default one, however many ask at once. */
    list: async (
      tenantId: string,
      wanted: DefaultPipeline,
      now: Date,
    ): Promise<readonly [Pipeline, ...Pipeline[]]> => {
      const [first, ...others] = await list(tenantId);
      if (first !== undefined) return [first, ...others];
      const made = defaultOf(tenantId, wanted, now);
      await insert(made);
      return [made];
    },
    find: (tenantId: string, id: string) => collection.findOne<Pipeline>({ _id: id, tenantId }),
    create: (pipeline: Pipeline) => insert(pipeline),
    /** Stages that deals stand in must stay: the caller looks. */
    update: async (
      tenantId: string,
      id: string,
      change: Partial<Pick<Pipeline, "name" | "currency" | "stages">>,
    ): Promise<boolean> =>
      (await collection.updateOne({ _id: id, tenantId }, { $set: change })).matchedCount === 1,
  };
}

function defaultOf(
  tenantId: string,
  { name, currency, stages }: DefaultPipeline,
  createdAt: Date,
): Pipeline {
  return {
    _id: `${tenantId}|default`,
    schemaVersion: 1,
    tenantId,
    name,
    currency,
    stages: stages.map((stage, index) => ({ id: `stage-${index + 1}`, name: stage })),
    createdAt,
  };
}
