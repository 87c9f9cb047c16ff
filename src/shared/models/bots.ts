import { Schema, type Connection } from "mongoose";

export interface Bot {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly name: string;
  readonly publishedVersionId?: string;
  /** The flow that is being worked on; nobody runs it. */
  readonly draft?: unknown;
  readonly updatedAt: Date;
}

/** An immutable published copy of a scenario. */
export interface BotVersion {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly botId: string;
  readonly number: number;
  /** The flow document as it was imported; parsed again when it is loaded. */
  readonly flow: unknown;
  readonly publishedAt: Date;
}

export const botSchema = new Schema<Bot>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    name: { type: String, required: true },
    publishedVersionId: String,
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
    publishedAt: { type: Date, required: true },
  },
  { collection: "bot_versions", versionKey: false, minimize: false },
).index({ botId: 1, number: 1 }, { unique: true });

export type Bots = ReturnType<typeof createBots>;

export function createBots(connection: Connection) {
  const bots = connection.model<Bot>("Bot", botSchema);
  const versions = connection.model<BotVersion>("BotVersion", botVersionSchema);
  return {
    find: (id: string) => bots.findById(id).lean<Bot>().exec(),
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
    publish: async (bot: Bot, flow: unknown, now: Date): Promise<BotVersion> => {
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
        publishedAt: now,
      };
      await versions.create([version]);
      await bots
        .updateOne({ _id: bot._id }, { publishedVersionId: version._id, updatedAt: now })
        .exec();
      return version;
    },
  };
}
