import type { OwnEvent } from "#shared/domain/own-event.ts";
import type { Channel } from "#shared/models/channels.ts";
import { buildOwnEntry } from "#shared/models/own-entry.ts";
import type { Webhook, Webhooks } from "#shared/models/webhooks.ts";

type Act = Extract<OwnEvent, { kind: "operator" }>;

export interface Journaled {
  readonly entry: Webhook;
  /** False when the same act was journaled before: then nothing is done twice. */
  readonly isNew: boolean;
}

/** One entry per key. Undefined: the key stands for another act already, and this one would be lost. */
export async function journalAct(
  webhooks: Webhooks,
  channel: Pick<Channel, "_id" | "tenantId" | "provider">,
  act: Act,
  at: Date,
): Promise<Journaled | undefined> {
  const entry = buildOwnEntry(channel, act.actId, act, at);
  if ((await webhooks.insert(entry)) === "created") return { entry, isNew: true };
  const stored = await webhooks.read(entry._id);
  if (stored !== undefined && isSame(stored, entry)) return { entry, isNew: false };
  return undefined;
}

const isSame = (stored: Webhook, entry: Webhook): boolean =>
  stored.channelId === entry.channelId && bytesOf(stored.raw).equals(Buffer.from(entry.raw));

/** The driver reads bytes back as its own Binary. */
const bytesOf = (raw: Uint8Array | { readonly buffer: Uint8Array }): Buffer =>
  raw instanceof Uint8Array ? Buffer.from(raw) : Buffer.from(raw.buffer);
