import { buildEntry } from "../../src/shared/accept/build-entry.ts";
import type { OpenChannel } from "../../src/shared/models/channel-directory.ts";
import { statusesKey, type Webhooks } from "../../src/shared/models/webhooks.ts";
import type { Wake } from "../../src/shared/queues/wake.ts";
import type { Body } from "./bodies.ts";
import { sweepAfterMs } from "./settings.ts";

export interface IngressPorts {
  readonly now: () => number;
  readonly webhooks: Pick<Webhooks, "insert">;
  readonly wake: Wake;
  readonly channel: OpenChannel;
  readonly holdMs: number;
}

/** Accepts the `place`th body by the journal: resolves when it is stored, and wakes beside the answer. */
export async function acceptBody(ports: IngressPorts, body: Body, place: number): Promise<void> {
  const { channel, holdMs } = ports;
  const arrivedAt = ports.now();
  const raw = Buffer.from(JSON.stringify(body));
  const peers = [...(body.messages ?? []), ...(body.echoes ?? [])].map(({ chat }) => chat);
  const request = { id: "request", address: "", userAgent: "", bytes: raw.length };
  const entry = buildEntry(
    {
      id: `${arrivedAt}-${String(place).padStart(4, "0")}`,
      arrivedAt: new Date(arrivedAt),
      raw,
      headers: {},
      request,
      source: "webhook",
    },
    { channel, peers: [...new Set(peers)], receipts: (body.receipts ?? []).length > 0 },
    { sweepAfterMs, keptMs: 1 },
    0,
  );
  await ports.webhooks.insert(entry);
  for (const key of entry.pending) {
    const isStatuses = key === statusesKey(channel._id);
    void ports.wake(isStatuses ? "statuses" : "conversations", key, isStatuses ? 0 : holdMs);
  }
}
