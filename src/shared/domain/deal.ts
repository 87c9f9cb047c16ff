/** A step of a pipeline; its id stays when it is renamed. */
export interface Stage {
  readonly id: string;
  readonly name: string;
}

export interface Pipeline {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly stages: readonly Stage[];
  readonly createdAt: Date;
}

export type DealStatus = "open" | "won" | "lost";

/** One step of a deal's way. */
export interface DealStep {
  readonly at: Date;
  /** A user's id; absent where the bot did it. */
  readonly by?: string;
  readonly from?: string;
  readonly to: string;
}

export interface Deal {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly contactId: string;
  readonly channelId?: string;
  readonly conversationId?: string;
  readonly pipelineId: string;
  readonly stageId: string;
  readonly status: DealStatus;
  readonly title: string;
  readonly amount?: number;
  readonly currency: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly history: readonly DealStep[];
  /** What the scenario asked for and the tenant does not have. */
  readonly unknown?: { readonly pipeline?: string; readonly stage?: string };
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A deal that is wanted: pipeline and stage by id or name. */
export interface DealWish extends Pick<
  Deal,
  "_id" | "tenantId" | "contactId" | "title" | "fields"
> {
  readonly channelId?: string;
  readonly conversationId?: string;
  readonly pipeline?: string;
  readonly stage?: string;
  readonly amount?: number;
  readonly by?: string;
  readonly at: Date;
}

/** What a tenant begins with. */
export interface DefaultPipeline {
  readonly name: string;
  readonly currency: string;
  readonly stages: readonly string[];
}

/** The wish in its pipeline: the first one and its first stage where it names none that is there. */
export function openDeal(wish: DealWish, pipelines: readonly [Pipeline, ...Pipeline[]]): Deal {
  const { pipeline: pipelineName, stage: stageName, at, by, ...asked } = wish;
  const pipeline = pipelines.find(isCalled(pipelineName)) ?? pipelines[0];
  const stage = pipeline.stages.find(isCalled(stageName)) ?? pipeline.stages[0];
  if (stage === undefined) throw new Error(`pipeline ${pipeline._id} has no stage`);
  const unknown = {
    ...(isMissed(pipelineName, pipeline) ? { pipeline: pipelineName } : {}),
    ...(isMissed(stageName, stage) ? { stage: stageName } : {}),
  };
  return {
    ...asked,
    schemaVersion: 1,
    pipelineId: pipeline._id,
    stageId: stage.id,
    status: "open",
    currency: pipeline.currency,
    history: [{ at, to: stage.id, ...(by === undefined ? {} : { by }) }],
    ...(Object.keys(unknown).length === 0 ? {} : { unknown }),
    createdAt: at,
    updatedAt: at,
  };
}

interface Named {
  readonly _id?: string;
  readonly id?: string;
  readonly name: string;
}

const isCalled =
  (wanted: string | undefined) =>
  ({ _id, id, name }: Named): boolean =>
    wanted !== undefined && (wanted === (_id ?? id) || fold(wanted) === fold(name));

const isMissed = (wanted: string | undefined, found: Named): wanted is string =>
  wanted !== undefined && !isCalled(wanted)(found);

const fold = (name: string): string => name.trim().toLowerCase();
