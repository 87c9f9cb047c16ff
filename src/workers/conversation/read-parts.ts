import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { candidateOf, turnPeerOf, type Candidate } from "#workers/conversation/next-message.ts";
import { normalizeWebhook } from "#workers/conversation/normalize-webhook.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";

/** One conversation's share of one journal entry. */
export interface Part {
  readonly webhook: Webhook;
  readonly candidates: readonly Candidate[];
  readonly peer?: string;
  /** Not understood: why. */
  readonly parked?: string;
}

export interface PartsOf {
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly conversationId: string;
}

/** Normalises the entries and takes this conversation's events; others that peeking missed are woken. */
export async function readParts(
  ports: DrainPorts,
  webhooks: readonly Webhook[],
  of: PartsOf,
): Promise<readonly Part[]> {
  return Promise.all(webhooks.map((webhook) => readPart(ports, webhook, of)));
}

async function readPart(ports: DrainPorts, webhook: Webhook, of: PartsOf): Promise<Part> {
  ports.onRead?.(webhook._id);
  const normalized = normalizeWebhook(webhook, of.channel, of.provider);
  if ("parked" in normalized) return { webhook, candidates: [], parked: normalized.parked };
  if ("ignored" in normalized) return { webhook, candidates: [] };
  const placed = normalized.events.map((event, place) => ({
    event,
    place,
    peer: turnPeerOf(event),
  }));
  const idOf = (peer: string): string => conversationIdOf(webhook.channelId, peer);
  const own = placed.filter(({ peer }) => peer !== undefined && isOwn(webhook, peer, of));
  await wakeMissed(
    ports,
    webhook,
    placed.flatMap(({ peer }) => (peer === undefined ? [] : [idOf(peer)])),
  );
  const peer = own[0]?.peer;
  return {
    webhook,
    candidates: own.map(({ event, place }) => candidateOf(event, webhook, place)),
    ...(peer === undefined ? {} : { peer }),
  };
}

/** By the peer's own key, or because that peer's conversation handed its events over. */
const isOwn = ({ channelId, moved }: Webhook, peer: string, { conversationId }: PartsOf): boolean =>
  conversationIdOf(channelId, peer) === conversationId ||
  (moved ?? []).some((each) => each.peer === peer && each.to === conversationId);

/** Conversations that stand in the entry, but that the quick look at accept did not see. */
export async function wakeMissed(
  ports: Pick<DrainPorts, "addKeys" | "wake">,
  webhook: Webhook,
  conversationIds: readonly string[],
): Promise<void> {
  const missed = [...new Set(conversationIds)].filter((id) => !webhook.keys.includes(id));
  if (missed.length === 0) return;
  await ports.addKeys(webhook._id, missed);
  await Promise.all(missed.map((id) => ports.wake("conversations", id)));
}
