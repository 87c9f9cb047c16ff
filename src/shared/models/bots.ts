import { Schema, type Connection } from "mongoose";

export interface Bot {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly name: string;
  readonly publishedVersionId?: string;
  /** A version that is tried out on a share of the conversations. */
  readonly canary?: Canary;
  /** The flow that is being worked on; nobody runs it. */
  readonly draft?: unknown;
  readonly updatedAt: Date;
}

export interface Canary {
  readonly versionId: string;
  readonly percent: number;
}

/** Which of a bot's versions conversations begin with. */
export type Released = Pick<Bot, "publishedVersionId" | "canary">;

/** An immutable published copy of a scenario. */
export interface BotVersion {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly botId: string;
  readonly number: number;
  /** The flow document as it was imported; parsed again when it is loaded. */
  readonly flow: unknown;
  /** Sessions of earlier versions that wait at `from` go on at `to`; ids of nodes are no keys for a database. */
  readonly moves?: readonly Move[];
  readonly publishedAt: Date;
}

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** How a version comes out, where not for everybody and for new sessions only. */
export interface Publication {
  readonly moves?: readonly Move[];
  /** The share of the conversations that it is tried out on. */
  readonly canaryPercent?: number;
}

export const botSchema = new Schema<Bot>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    name: { type: String, required: true },
    publishedVersionId: String,
    canary: Object,
    draft: Object,
    updatedAt: { type: Date, required: true },
  },
  { collection: "bots", versionKey: false, minimize: false },
).index({ tenantId: 1 });

export const botVersionSchema = new Schema<BotVersion>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    botId: { type: String, required: true },
    number: { type: Number, required: true },
    flow: { type: Object, required: true },
    moves: { type: [Object], default: undefined },
    publishedAt: { type: Date, required: true },
  },
  { collection: "bot_versions", versionKey: false, minimize: false },
).index({ botId: 1, number: 1 }, { unique: true });

/** A version's id is its bot's, a bar and its number. */
export const botIdOf = (versionId: string): string =>
  versionId.slice(0, versionId.lastIndexOf("|"));

export type Bots = ReturnType<typeof createBots>;

export function createBots(connection: Connection) {
  const bots = connection.model<Bot>("Bot", botSchema);
  const versions = connection.model<BotVersion>("BotVersion", botVersionSchema);
  const release = (tenantId: string, id: string, versionId: string) =>
    bots
      .updateOne(
        { _id: id, tenantId },
        {
          $set: { publishedVersionId: versionId, updatedAt: new Date() },
          $unset: { canary: "" },
        },
      )
      .exec();
  const tryOut = (tenantId: string, id: string, canary: Canary) =>
    bots.updateOne({ _id: id, tenantId }, { $set: { canary, updatedAt: new Date() } }).exec();
  return {
    find: (id: string) => bots.findById(id).lean<Bot>().exec(),
    findReleased: (id: string) =>
      bots.findById(id, { publishedVersionId: 1, canary: 1 }).lean<Released>().exec(),
    /** Publishes a version for all, which ends a trial. */
    release,
    /** Conversations of that share begin with the version; those under way stay where they are. */
    tryOut,
    endTrial: (tenantId: string, id: string) =>
      bots
        .updateOne(
          { _id: id, tenantId },
          { $set: { updatedAt: new Date() }, $unset: { canary: "" } },
        )
        .exec(),
    findVersion: (id: string) => versions.findById(id).lean<BotVersion>().exec(),
    list: () => bots.find().sort({ _id: 1 }).lean<Bot[]>().exec(),
    findOf: (tenantId: string, id: string) =>
      bots.findOne({ _id: id, tenantId }).lean<Bot>().exec(),
    listOf: (tenantId: string, after: string, limit: number) =>
      bots
        .find({ tenantId, _id: { $gt: after } }, { draft: 0 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Omit<Bot, "draft">[]>()
        .exec(),
    updateOf: (tenantId: string, id: string, set: Partial<Omit<Bot, "_id" | "tenantId">>) =>
      bots.updateOne({ _id: id, tenantId }, { $set: { ...set, updatedAt: new Date() } }).exec(),
    /** Its versions stay: conversations name them. */
    removeOf: (tenantId: string, id: string) => bots.deleteOne({ _id: id, tenantId }).exec(),
    findVersionOf: (tenantId: string, botId: string, number: number) =>
      versions.findOne({ tenantId, botId, number }).lean<BotVersion>().exec(),
    /** The newest first, without their flows. */
    listVersionsOf: (tenantId: string, botId: string, before: number, limit: number) =>
      versions
        .find({ tenantId, botId, number: { $lt: before } }, { flow: 0 })
        .sort({ number: -1 })
        .limit(limit)
        .lean<Omit<BotVersion, "flow">[]>()
        .exec(),
    create: async (bot: Bot) => {
      await bots.create([bot]);
    },
    /** Stores an immutable version, then points the bot at it: sessions in progress keep theirs. */
    publish: async (
      bot: Bot,
      flow: unknown,
      now: Date,
      { moves, canaryPercent }: Publication = {},
    ): Promise<BotVersion> => {
      const newest = await versions
        .findOne({ botId: bot._id })
        .sort({ number: -1 })
        .lean<BotVersion>()
        .exec();
      const number = (newest?.number ?? 0) + 1;
      const version: BotVersion = {
        _id: `${bot._id}|${number}`,
        schemaVersion: 1,
        tenantId: bot.tenantId,
        botId: bot._id,
        number,
        flow,
        ...(moves === undefined ? {} : { moves }),
        publishedAt: now,
      };
      await versions.create([version]);
      const { _id, tenantId } = bot;
      if (canaryPercent === undefined) await release(tenantId, _id, version._id);
      else await tryOut(tenantId, _id, { versionId: version._id, percent: canaryPercent });
      return version;
    },
  };
}
