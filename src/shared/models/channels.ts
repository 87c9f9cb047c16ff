import { Schema, type Connection, type Model } from "mongoose";

/** One provider account that sends and receives. Secrets are sealed under ENCRYPTION_KEY. */
export interface Channel {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly provider: string;
  readonly name: string;
  /** The last part of its own webhook address. */
  readonly key: string;
  /** phone_number_id, idInstance …: the provider's name of the account. */
  readonly externalId: string;
  /** What people dial, E.164. */
  readonly phone?: string;
  /** The WhatsApp Business Account. */
  readonly wabaId?: string;
  readonly active: boolean;
  /** The bot that answers here; of several, the first. */
  readonly botId?: string;
  /** All of them by priority, where they are several. */
  readonly botIds?: readonly string[];
  readonly sealedToken?: string;
  /** Secrets that webhooks must prove, newest first; empty means the provider-wide setting. */
  readonly sealedSecrets: readonly string[];
  /** Accepts webhooks without any secret: from this machine only, or from anywhere. */
  readonly open?: "loopback" | "anywhere";
  /** Addresses (CIDR) that webhooks may come from; empty means any. */
  readonly allowFrom: readonly string[];
  /** The route whose bodies without an account name come here. */
  readonly defaultOf?: string;
  /** The account's own API address, where it is not the provider-wide one. */
  readonly apiUrl?: string;
  /** `polling`: messages are fetched at the provider. Webhooks are taken either way. */
  readonly delivery?: "webhook" | "polling";
  /** What differs from the provider's own way of being polled. */
  readonly pollEveryMs?: number;
  readonly pollPaths?: readonly string[];
  readonly pollHeader?: string;
  readonly pollItems?: string;
  readonly holdMs?: number;
  readonly perSecond?: number;
  readonly pairIntervalMs?: number;
  readonly pairBurst?: number;
  /** What happens to a send whose outcome stays unknown. */
  readonly unknownPolicy: "evidence" | "hold" | "resend";
  /** Sends a `failed` receipt again when its code says that it may work later. */
  readonly resendFailed: boolean;
  readonly answerGroups: boolean;
  /** Makes the contacts and deals that the provider asks for. */
  readonly answersCrm?: boolean;
  /** People sign in by a message to this number. */
  readonly signIn?: boolean;
  /** What takes the place of a free-form reply when the provider's window is closed. */
  readonly windowTemplate?: { readonly name: string; readonly language: string };
  readonly paused?: Paused;
  /** The youngest word of the provider's on the account that was heard: older ones change nothing. */
  readonly stateMark?: string;
  /** It is gone for its people; its conversations still name it. */
  readonly deletedAt?: Date;
  readonly updatedAt: Date;
}

export interface Paused {
  readonly code: string;
  readonly reason: string;
  readonly at: Date;
}

export const channelSchema = new Schema<Channel>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    provider: { type: String, required: true },
    name: { type: String, required: true },
    key: { type: String, required: true },
    externalId: { type: String, required: true },
    phone: String,
    wabaId: String,
    active: { type: Boolean, default: true },
    botId: String,
    botIds: { type: [String], default: undefined },
    sealedToken: String,
    sealedSecrets: { type: [String], default: [] },
    open: { type: String, enum: ["loopback", "anywhere"] },
    allowFrom: { type: [String], default: [] },
    defaultOf: String,
    apiUrl: String,
    delivery: { type: String, enum: ["webhook", "polling"] },
    pollEveryMs: Number,
    pollPaths: { type: [String], default: undefined },
    pollHeader: String,
    pollItems: String,
    holdMs: Number,
    perSecond: Number,
    pairIntervalMs: Number,
    pairBurst: Number,
    unknownPolicy: { type: String, enum: ["evidence", "hold", "resend"], default: "evidence" },
    resendFailed: { type: Boolean, default: true },
    answerGroups: { type: Boolean, default: false },
    answersCrm: Boolean,
    signIn: Boolean,
    windowTemplate: Object,
    paused: Object,
    stateMark: String,
    deletedAt: Date,
    updatedAt: { type: Date, required: true },
  },
  { collection: "channels", versionKey: false },
)
  .index({ key: 1 }, { unique: true })
  .index({ provider: 1, externalId: 1 }, { unique: true })
  .index(
    { defaultOf: 1 },
    { unique: true, partialFilterExpression: { defaultOf: { $exists: true } } },
  )
  .index({ updatedAt: 1 });

/** The bots that answer on a channel, by priority. */
export const botIdsOf = ({ botId, botIds }: Pick<Channel, "botId" | "botIds">): readonly string[] =>
  botIds ?? (botId === undefined ? [] : [botId]);

/** How a channel keeps its bots: `botId` stays true for whoever knows of one only. */
export function keepBots(ids: readonly string[]): {
  readonly set: Pick<Channel, "botId" | "botIds">;
  readonly unset: readonly (keyof Channel)[];
} {
  const [botId] = ids;
  if (botId === undefined) return { set: {}, unset: ["botId", "botIds"] };
  if (ids.length === 1) return { set: { botId }, unset: ["botIds"] };
  return { set: { botId, botIds: [...new Set(ids)] }, unset: [] };
}

export type Channels = ReturnType<typeof createChannels>;

export function createChannels(connection: Connection) {
  const model: Model<Channel> = connection.model<Channel>("Channel", channelSchema);
  return {
    find: (id: string) => model.findById(id).lean<Channel>().exec(),
    findByKey: (provider: string, key: string) =>
      model.findOne({ provider, key }).lean<Channel>().exec(),
    listByBusiness: (provider: string, wabaId: string) =>
      model.find({ provider, wabaId }).lean<Channel[]>().exec(),
    findByAccount: (provider: string, externalId: string) =>
      model.findOne({ provider, externalId }).lean<Channel>().exec(),
    findDefault: (provider: string) =>
      model.findOne({ defaultOf: provider }).lean<Channel>().exec(),
    list: () => model.find().sort({ _id: 1 }).lean<Channel[]>().exec(),
    /** One of the tenant's own that was not deleted. */
    findOf: (tenantId: string, id: string) =>
      model
        .findOne({ _id: id, tenantId, deletedAt: { $exists: false } })
        .lean<Channel>()
        .exec(),
    /** One on which the bot answers. */
    findByBot: (tenantId: string, botId: string) =>
      model
        .findOne({ tenantId, $or: [{ botId }, { botIds: botId }] })
        .lean<Channel>()
        .exec(),
    /** Whoever is about to sign in is nobody yet: the channel says whose people they may be. */
    findForLogin: (of: { readonly _id: string } | { readonly tenantId: string }) =>
      model
        .findOne({ ...of, signIn: true, active: true, deletedAt: { $exists: false } })
        .sort({ _id: 1 })
        .lean<Channel>()
        .exec(),
    listOf: (tenantId: string, provider: string | undefined, after: string, limit: number) =>
      model
        .find({
          tenantId,
          _id: { $gt: after },
          deletedAt: { $exists: false },
          ...(provider === undefined ? {} : { provider }),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Channel[]>()
        .exec(),
    updateOf: async (
      tenantId: string,
      id: string,
      set: Partial<Channel>,
      unset: readonly (keyof Channel)[],
    ) => {
      await model.updateOne({ _id: id, tenantId }, changeOf(set, unset)).exec();
    },
    /** Secrets go, and the names under which webhooks find it; what waits to be sent stays here. */
    retire: async (tenantId: string, id: string) => {
      const at = new Date();
      const gone = `deleted-${id}`;
      const paused = { code: "deleted", reason: "the channel was deleted", at };
      const names = { key: gone, externalId: gone, deletedAt: at };
      const set = { ...names, active: false, sealedSecrets: [], paused };
      const unset = ["sealedToken", "defaultOf", "botId", "botIds", "open"] as const;
      await model.updateOne({ _id: id, tenantId }, changeOf(set, unset)).exec();
    },
    listChangedSince: (since: Date) =>
      model
        .find({ updatedAt: { $gte: since } })
        .lean<Channel[]>()
        .exec(),
    create: async (channel: Channel) => {
      await model.create([channel]);
    },
    /** The first reason stays. */
    pause: (id: string, paused: Paused) =>
      model
        .updateOne(
          { _id: id, paused: { $exists: false } },
          { $set: { paused, updatedAt: new Date() } },
        )
        .exec(),
    /**
     * The provider's word on the account; `mark` is its place in time. False when a younger one was
     * heard before. A resume ends a pause with one of these codes only.
     */
    hearState: async (
      id: string,
      mark: string,
      heard: { paused: Paused } | { resumed: readonly string[] },
    ) => {
      const updatedAt = new Date();
      const paused = "paused" in heard ? { paused: heard.paused } : {};
      const { matchedCount } = await model
        .updateOne(
          { _id: id, stateMark: { $not: { $gt: mark } } },
          { $set: { ...paused, stateMark: mark, updatedAt } },
        )
        .exec();
      if ("resumed" in heard)
        await model
          .updateOne(
            { _id: id, stateMark: mark, "paused.code": { $in: heard.resumed } },
            { $set: { updatedAt }, $unset: { paused: "" } },
          )
          .exec();
      return matchedCount > 0;
    },
    update: (id: string, set: Partial<Channel>, unset: readonly (keyof Channel)[] = []) =>
      model.updateOne({ _id: id }, changeOf(set, unset)).exec(),
    /** A field sealed anew; false when somebody changed it meanwhile. */
    reseal: async (before: Channel, sealed: Pick<Channel, "sealedToken" | "sealedSecrets">) => {
      const { _id, sealedToken, sealedSecrets } = before;
      const { modifiedCount } = await model
        .updateOne(
          { _id, sealedSecrets, sealedToken: sealedToken ?? { $exists: false } },
          { $set: { ...sealed, updatedAt: new Date() } },
        )
        .exec();
      return modifiedCount > 0;
    },
  };
}

const changeOf = (set: Partial<Channel>, unset: readonly (keyof Channel)[]) => ({
  $set: { ...set, updatedAt: new Date() },
  ...(unset.length > 0 ? { $unset: Object.fromEntries(unset.map((field) => [field, ""])) } : {}),
});
