import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import { statusesKey, type Webhook } from "#shared/models/webhooks.ts";
import type { Headers } from "#shared/providers/provider.ts";

const longestPeerBytes = 256;

/** One body as it arrived: posted by the provider, or fetched there. */
export interface Arrival extends Pick<Webhook, "source" | "request" | "arrivedAt"> {
  /** The journal's id. */
  readonly id: string;
  readonly raw: Buffer;
  readonly headers: Headers;
}

/** What of a body concerns one channel. */
export interface Target {
  readonly channel: OpenChannel;
  readonly peers: readonly string[];
  readonly receipts: boolean;
  /** The body proved the channel's secret. */
  readonly proven?: true;
}

/** How long entries wait for the sweeper and stay when they are parked. */
export interface EntryTimes {
  readonly sweepAfterMs: number;
  readonly keptMs: number;
}

/** A body's journal document for one of its channels; `place` tells several of one body apart. */
export function buildEntry(
  arrival: Arrival,
  target: Target,
  times: EntryTimes,
  place: number,
): Webhook {
  const keys = keysOf(target);
  return {
    ...describe(arrival, target, place),
    pending: keys,
    keys,
    sweepAt: after(arrival, times.sweepAfterMs),
  };
}

/** A body that nobody can read: kept for a person, open for no worker. */
export const buildParked = (
  arrival: Arrival,
  target: Target,
  times: EntryTimes,
  place: number,
  parked: string,
): Webhook => ({
  ...describe(arrival, target, place),
  pending: [],
  keys: [],
  expiresAt: after(arrival, times.keptMs),
  parked,
});

const describe = (arrival: Arrival, { channel, proven }: Target, place: number) => ({
  _id: place === 0 ? arrival.id : `${arrival.id}-${place}`,
  schemaVersion: 1 as const,
  tenantId: channel.tenantId,
  channelId: channel._id,
  provider: channel.provider,
  source: arrival.source,
  raw: arrival.raw,
  headers: keptHeaders(arrival),
  request: arrival.request,
  arrivedAt: arrival.arrivedAt,
  ...(proven === true ? { proven } : {}),
});

/** Only what a normaliser may need: the others hold secrets. */
export function keptHeaders({ headers }: Pick<Arrival, "headers">): Webhook["headers"] {
  const kept = ["content-type", "user-agent", "x-user-id"] as const;
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

const after = ({ arrivedAt }: Arrival, ms: number): Date => new Date(arrivedAt.getTime() + ms);
