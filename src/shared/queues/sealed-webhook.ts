import mongoose from "mongoose";
import { z } from "zod";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { SealedPayload } from "#shared/queues/queues.ts";
import type { Cipher } from "#shared/runtime/cipher.ts";

const { BSON } = mongoose.mongo;

/** The cipher's purpose: bodies in Redis have a key of their own. */
export const sealedWebhookPurpose = "queued webhooks";

const text = z.string();
const webhook: z.ZodType<Webhook> = z.object({
  _id: text,
  schemaVersion: z.literal(1),
  tenantId: text,
  channelId: text,
  provider: text,
  source: z.enum(["webhook", "poll", "manual", "own"]),
  raw: z.instanceof(Uint8Array),
  headers: z.record(text, text),
  request: z.object({ id: text, address: text, userAgent: text, bytes: z.number() }),
  arrivedAt: z.date(),
  pending: z.array(text),
  keys: z.array(text),
  sweepAt: z.date().exactOptional(),
  expiresAt: z.date().exactOptional(),
  proven: z.literal(true).exactOptional(),
  late: z.literal(true).exactOptional(),
  parked: text.exactOptional(),
  ignored: text.exactOptional(),
  unclaimed: z.literal(true).exactOptional(),
});

/** The whole journal document as a job: BSON, so that bytes and dates survive, sealed for its id. */
export const sealWebhook = (cipher: Cipher, document: Webhook): SealedPayload => ({
  v: 1,
  id: document._id,
  sealed: cipher.seal(Buffer.from(BSON.serialize(document)), document._id).toString("base64"),
});

/** Opens what `sealWebhook` made; throws when it was changed or sealed under another key. */
export const openWebhook = (cipher: Cipher, { id, sealed }: SealedPayload): Webhook =>
  webhook.parse(
    BSON.deserialize(cipher.open(Buffer.from(sealed, "base64"), id), { promoteBuffers: true }),
  );
