import { createHash } from "node:crypto";
import { buildEntry, buildParked } from "#shared/accept/build-entry.ts";
import { look } from "#shared/accept/look.ts";
import type { PeekedPart } from "#shared/providers/provider.ts";
import type { Polled, PollPorts } from "#workers/polling/ports.ts";
import { wakeFor } from "#workers/webhooks/wake-for.ts";

type TakingPorts = Pick<PollPorts, "now" | "webhooks" | "wake" | "holdOf" | "settings">;

/**
 * Puts a fetched body into the journal, as a posted one, and wakes whom it concerns. The same body of
 * the same round is the same entry, whoever fetched it and however often.
 */
export async function takeIn(
  ports: TakingPorts,
  { channel, provider }: Pick<Polled, "channel" | "provider">,
  round: number,
  raw: Buffer,
): Promise<void> {
  const { parts, parked } = look(provider, raw, headers);
  const id = entryId(channel._id, round, raw);
  const request = { id, address: "", userAgent: "", bytes: raw.length };
  const arrivedAt = new Date(ports.now());
  const arrival = { id, source: "poll", arrivedAt, raw, headers, request } as const;
  // Whoever answers there is the provider: we called it, with our token.
  const target = { channel, proven: true, ...ownShare(parts, channel.externalId) } as const;
  const entry =
    parked === undefined
      ? buildEntry(arrival, target, ports.settings, 0)
      : buildParked(arrival, target, ports.settings, 0, parked);
  await ports.webhooks.insert(entry);
  await wakeFor(ports, entry);
}

const headers = { "content-type": "application/json" };

const entryId = (channelId: string, round: number, raw: Buffer): string => {
  const hash = createHash("sha256").update(raw).digest("base64url").slice(0, 16);
  return `poll|${channelId}|${String(round).padStart(10, "0")}|${hash}`;
};

/** What names another account is nobody's here. */
function ownShare(parts: readonly PeekedPart[], externalId: string) {
  const own = parts.filter(({ account = externalId }) => account === externalId);
  const peers = [...new Set(own.flatMap((part) => part.peers))];
  return { peers, receipts: peers.length === 0 || own.some(({ receipts }) => receipts) };
}
