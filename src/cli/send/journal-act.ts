import { CommandError } from "#cli/failures.ts";
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

/** One entry per key. A key that stands for another act is refused, or that act would be lost. */
export async function journalAct(
  webhooks: Webhooks,
  channel: Channel,
  act: Act,
  at: Date,
): Promise<Journaled> {
  const entry = buildOwnEntry(channel, act.actId, act, at);
  if ((await webhooks.insert(entry)) === "created") return { entry, isNew: true };
  const stored = await webhooks.read(entry._id);
  if (stored !== undefined && isSame(stored, entry)) return { entry, isNew: false };
  throw new CommandError(
    `--key: "${act.actId}" already stands for another message, use a new key for this one`,
  );
}

const isSame = (stored: Webhook, entry: Webhook): boolean =>
  stored.channelId === entry.channelId && bytesOf(stored.raw).equals(Buffer.from(entry.raw));

/** The driver reads bytes back as its own Binary. */
const bytesOf = (raw: Uint8Array | { readonly buffer: Uint8Array }): Buffer =>
  raw instanceof Uint8Array ? Buffer.from(raw) : Buffer.from(raw.buffer);
