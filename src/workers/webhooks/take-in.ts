import { createHash } from "node:crypto";
import { buildEntry, buildParked, type EntryTimes } from "#shared/accept/build-entry.ts";
import { look } from "#shared/accept/look.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Webhook, Webhooks } from "#shared/models/webhooks.ts";
import type { PeekedPart, Provider } from "#shared/providers/provider.ts";
import { wakeFor, type WakePorts } from "#workers/webhooks/wake-for.ts";

/** A body that we asked the provider for. */
export interface Fetched {
  readonly source: "poll" | "history";
  /** The same body under the same name is the same entry, whoever fetched it and however often. */
  readonly name: string;
  readonly raw: Buffer;
}

interface BuildingPorts {
  readonly now: () => number;
  readonly settings: EntryTimes;
}

interface At {
  readonly channel: OpenChannel;
  readonly provider: Provider;
}

/** The journal's document of a fetched body, as a posted one has it. */
export function buildFetched(
  ports: BuildingPorts,
  { channel, provider }: At,
  { source, name, raw }: Fetched,
): Webhook {
  const { parts, parked } = look(provider, raw, headers);
  const hash = createHash("sha256").update(raw).digest("base64url").slice(0, 16);
  const id = [source, channel._id, name, hash].join("|");
  const request = { id, address: "", userAgent: "", bytes: raw.length };
  const arrivedAt = new Date(ports.now());
  const arrival = { id, source, arrivedAt, raw, headers, request };
  // Whoever answers there is the provider: we called it, with our token.
  const target = { channel, proven: true, ...ownShare(parts, channel.externalId) } as const;
  return parked === undefined
    ? buildEntry(arrival, target, ports.settings, 0)
    : buildParked(arrival, target, ports.settings, 0, parked);
}

const headers = { "content-type": "application/json" };

/** What names another account is nobody's here. */
function ownShare(parts: readonly PeekedPart[], externalId: string) {
  const own = parts.filter(({ account = externalId }) => account === externalId);
  const peers = [...new Set(own.flatMap((part) => part.peers))];
  return { peers, receipts: peers.length === 0 || own.some(({ receipts }) => receipts) };
}

interface TakingPorts extends WakePorts {
  readonly webhooks: Pick<Webhooks, "insert">;
}

/** Puts it into the journal and wakes whom it concerns. */
export async function takeIn(ports: TakingPorts, entry: Webhook): Promise<"created" | "exists"> {
  const inserted = await ports.webhooks.insert(entry);
  await wakeFor(ports, entry);
  return inserted;
}
