import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Target } from "#api/webhooks/find-channels.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import { statusesKey, type Webhook } from "#shared/models/webhooks.ts";

const longestPeerBytes = 256;

/** How long entries wait for the sweeper and stay when they are parked. */
export interface EntryTimes {
  readonly sweepAfterMs: number;
  readonly keptMs: number;
}

/** A body's journal document for one of its channels; `place` tells several of one body apart. */
export function buildEntry(
  delivery: Delivery,
  target: Target,
  times: EntryTimes,
  place: number,
): Webhook {
  const keys = keysOf(target);
  return {
    ...describe(delivery, target, place),
    pending: keys,
    keys,
    sweepAt: after(delivery, times.sweepAfterMs),
  };
}

/** A body that nobody can read: kept for a person, open for no worker. */
export const buildParked = (
  delivery: Delivery,
  target: Target,
  times: EntryTimes,
  place: number,
  parked: string,
): Webhook => ({
  ...describe(delivery, target, place),
  pending: [],
  keys: [],
  expiresAt: after(delivery, times.keptMs),
  parked,
});

const describe = (delivery: Delivery, { channel, proven }: Target, place: number) => ({
  _id: place === 0 ? delivery.id : `${delivery.id}-${place}`,
  schemaVersion: 1 as const,
  tenantId: channel.tenantId,
  channelId: channel._id,
  provider: channel.provider,
  source: "webhook" as const,
  raw: delivery.raw,
  headers: keptHeaders(delivery),
  request: delivery.request,
  arrivedAt: delivery.arrivedAt,
  ...(proven === true ? { proven } : {}),
});

/** Only what a normaliser may need: the others hold secrets. */
export function keptHeaders({ headers }: Delivery): Webhook["headers"] {
  const kept = ["content-type", "user-agent"] as const;
  return Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

function keysOf({ channel, peers, receipts }: Target): readonly string[] {
  const usable = peers.filter((peer) => Buffer.byteLength(peer) <= longestPeerBytes);
  const ids = usable.map((peer) => conversationIdOf(channel._id, peer));
  const isWhole = usable.length === peers.length && usable.length > 0 && !receipts;
  return isWhole ? ids : [...ids, statusesKey(channel._id)];
}

const after = ({ arrivedAt }: Delivery, ms: number): Date => new Date(arrivedAt.getTime() + ms);
