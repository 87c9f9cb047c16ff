import { Schema, type Connection, type Model } from "mongoose";

/** One browser that is signed in: a family of refresh tokens, one of which is good. */
export interface SignIn {
  readonly _id: string;
  readonly tenantId: string;
  readonly userId: string;
  /** The user's generation when it began. */
  readonly generation: number;
  readonly hash: string;
  /** The token before this one: two tabs may refresh in the same moment. */
  readonly previousHash?: string;
  readonly rotatedAt: Date;
  readonly createdAt: Date;
  readonly address: string;
  readonly userAgent: string;
  readonly expiresAt: Date;
}

export const signInSchema = new Schema<SignIn>(
  {
    _id: { type: String, required: true },
    tenantId: { type: String, required: true },
    userId: { type: String, required: true },
    generation: { type: Number, required: true },
    hash: { type: String, required: true },
    previousHash: String,
    rotatedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    address: { type: String, default: "" },
    userAgent: { type: String, default: "" },
    expiresAt: { type: Date, required: true },
  },
  { collection: "sign_ins", versionKey: false },
)
  .index({ userId: 1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** How often somebody tried to sign in within a span of time. */
interface Attempts {
  readonly _id: string;
  readonly count: number;
  readonly expiresAt: Date;
}

export const attemptsSchema = new Schema<Attempts>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: "sign_in_attempts", versionKey: false },
).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export type SignIns = ReturnType<typeof createSignIns>;

export function createSignIns(connection: Connection) {
  const model: Model<SignIn> = connection.model<SignIn>("SignIn", signInSchema);
  const attempts: Model<Attempts> = connection.model<Attempts>("SignInAttempts", attemptsSchema);
  return {
    /** Whoever comes with a refresh token says no tenant: the document does, when the secret is right. */
    findById: (id: string) => model.findById(id).lean<SignIn>().exec(),
    create: async (signIn: SignIn) => {
      await model.create([signIn]);
    },
    /** The next token in place of the one that was shown; false when another request was first. */
    rotate: async ({ _id, hash }: SignIn, next: string, now: Date, expiresAt: Date) => {
      const { modifiedCount } = await model
        .updateOne(
          { _id, hash },
          { $set: { hash: next, previousHash: hash, rotatedAt: now, expiresAt } },
        )
        .exec();
      return modifiedCount > 0;
    },
    end: (tenantId: string, id: string) => model.deleteOne({ _id: id, tenantId }).exec(),
    endAll: (tenantId: string, userId: string) => model.deleteMany({ tenantId, userId }).exec(),
    /** Counts one more and answers how many there were with it. */
    countAttempt: async (id: string, expiresAt: Date): Promise<number> => {
      const counted = await attempts
        .findOneAndUpdate(
          { _id: id },
          { $inc: { count: 1 }, $setOnInsert: { expiresAt } },
          { upsert: true, returnDocument: "after" },
        )
        .lean<Attempts>()
        .exec();
      return counted.count;
    },
    takeBackAttempt: (id: string) =>
      attempts.updateOne({ _id: id }, { $inc: { count: -1 } }).exec(),
    forgetAttempts: (id: string) => attempts.deleteOne({ _id: id }).exec(),
  };
}
