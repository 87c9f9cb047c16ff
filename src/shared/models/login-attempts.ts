import { Schema, type Connection, type Model } from "mongoose";

/** Why a message did not sign its sender in. */
export type LoginRefusal = "no_number" | "not_registered";

/** One browser that waits for a message from the phone of whoever sits before it. */
export interface LoginAttempt {
  /** Stands in the message: who knows it can confirm it, and nothing else. */
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  /** Only a message that came over this channel counts. */
  readonly channelId: string;
  /** Of the secret in the browser's cookie. */
  readonly hash: string;
  readonly state: "waiting" | "confirmed" | "refused" | "used";
  readonly reason?: LoginRefusal;
  readonly userId?: string;
  /** The message that settled it: the same one counts as often as it is handled. */
  readonly messageId?: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** What a message makes of an attempt. */
export type LoginOutcome =
  | { readonly state: "confirmed"; readonly userId: string }
  | { readonly state: "refused"; readonly reason: LoginRefusal };

export const loginAttemptSchema = new Schema<LoginAttempt>(
  {
    _id: { type: String, required: true },
    schemaVersion: { type: Number, default: 1 },
    tenantId: { type: String, required: true },
    channelId: { type: String, required: true },
    hash: { type: String, required: true },
    state: { type: String, required: true },
    reason: String,
    userId: String,
    messageId: String,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: "login_attempts", versionKey: false },
).index({ expiresAt: 1 }, { expireAfterSeconds: 86_400 });

/** A browser that asks every few seconds must still find what came in the last one. */
const shownMs = 60_000;

export function createLoginAttempts(connection: Connection) {
  const model: Model<LoginAttempt> = connection.model<LoginAttempt>(
    "LoginAttempt",
    loginAttemptSchema,
  );
  return {
    create: async (attempt: LoginAttempt) => {
      await model.create([attempt]);
    },
    /** The browser says no tenant: its cookie proves whose attempt it is. */
    findById: (id: string) => model.findById(id).lean<LoginAttempt>().exec(),
    find: (tenantId: string, id: string) =>
      model.findOne({ _id: id, tenantId }).lean<LoginAttempt>().exec(),
    /** The first message settles it; false for every other, and when it came too late. */
    settle: async (
      tenantId: string,
      of: Pick<LoginAttempt, "_id" | "channelId"> & { readonly messageId: string },
      outcome: LoginOutcome,
      now: Date,
    ): Promise<boolean> => {
      const { _id, channelId, messageId } = of;
      const { modifiedCount } = await model
        .updateOne(
          { _id, tenantId, channelId, state: "waiting", expiresAt: { $gt: now } },
          {
            $set: { ...outcome, messageId },
            $max: { expiresAt: new Date(now.getTime() + shownMs) },
          },
        )
        .exec();
      return modifiedCount > 0;
    },
    /** A confirmed attempt signs in once. */
    use: async (tenantId: string, id: string, now: Date): Promise<boolean> => {
      const { modifiedCount } = await model
        .updateOne(
          { _id: id, tenantId, state: "confirmed", expiresAt: { $gt: now } },
          { $set: { state: "used" } },
        )
        .exec();
      return modifiedCount > 0;
    },
  };
}
