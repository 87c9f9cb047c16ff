import { LRUCache } from "lru-cache";
import { placeOf } from "#api/http/address.ts";
import { keptHeaders } from "#shared/accept/build-entry.ts";
import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Webhook, Webhooks } from "#shared/models/webhooks.ts";

const perAddress = 20;
const mostInTheAir = 8;
const mostBytes = 64 * 1024 * 1024;
const keptMs = 86_400_000;

export type KeepUnclaimed = (
  delivery: Delivery,
  provider: string,
  parked: string | undefined,
) => Promise<void>;

/**
 * Keeps bodies of no known channel for a day, so that a person sees what arrives at a wrong address:
 * the last 20 of each address, and no more than 64 MB a day from this process.
 */
export function createKeepUnclaimed(webhooks: Pick<Webhooks, "keepUnclaimed">): KeepUnclaimed {
  const counts = new LRUCache<string, number>({ max: 1000 });
  let inTheAir = 0;
  let day = 0;
  let bytesLeft = mostBytes;

  const takeRoom = ({ arrivedAt, raw }: Delivery): boolean => {
    const today = Math.floor(arrivedAt.getTime() / keptMs);
    if (today !== day) bytesLeft = mostBytes;
    day = today;
    if (inTheAir >= mostInTheAir || raw.length > bytesLeft) return false;
    bytesLeft -= raw.length;
    return true;
  };
  return async (delivery, provider, parked) => {
    if (!takeRoom(delivery)) return;
    const place = placeOf(delivery.request.address);
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    inTheAir += 1;
    try {
      const id = `unclaimed|${place}|${count % perAddress}`;
      await webhooks.keepUnclaimed(buildUnclaimed(id, delivery, provider, parked));
    } finally {
      inTheAir -= 1;
    }
  };
}

const buildUnclaimed = (
  _id: string,
  delivery: Delivery,
  provider: string,
  parked: string | undefined,
): Webhook => ({
  _id,
  schemaVersion: 1,
  tenantId: "",
  channelId: "",
  provider,
  source: "webhook",
  raw: delivery.raw,
  headers: keptHeaders(delivery),
  request: delivery.request,
  arrivedAt: delivery.arrivedAt,
  pending: [],
  keys: [],
  expiresAt: new Date(delivery.arrivedAt.getTime() + keptMs),
  unclaimed: true,
  ...(parked === undefined ? {} : { parked }),
});
