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
  const reading = readOnce(webhook, of);
  if ("parked" in reading) return { webhook, candidates: [], parked: reading.parked };
  const own = reading.placed.filter((placed) => isOwn(webhook, placed, of));
  await wakeMissed(ports, webhook, reading.conversationIds);
  const peer = own[0]?.peer;
  return {
    webhook,
    candidates: own.map(({ event, place }) => candidateOf(event, webhook, place)),
    ...(peer === undefined ? {} : { peer }),
  };
}

interface Placed {
  readonly event: Parameters<typeof candidateOf>[0];
  readonly place: number;
  readonly peer: string;
  readonly conversationId: string;
}

/** What an entry holds, whoever asks. */
type Reading =
  | { readonly parked: string }
  | { readonly placed: readonly Placed[]; readonly conversationIds: readonly string[] };

const readings = new WeakMap<Webhook, Reading>();

/** An entry of a thousand customers is read from the journal for many of them together: once is enough. */
function readOnce(webhook: Webhook, of: PartsOf): Reading {
  const known = readings.get(webhook);
  if (known !== undefined) return known;
  const reading = read(webhook, of);
  readings.set(webhook, reading);
  return reading;
}

function read(webhook: Webhook, { channel, provider }: PartsOf): Reading {
  const normalized = normalizeWebhook(webhook, channel, provider);
  if ("parked" in normalized) return normalized;
  const events = "events" in normalized ? normalized.events : [];
  const placed = events.flatMap((event, place) => {
    const peer = turnPeerOf(event);
    if (peer === undefined) return [];
    return [{ event, place, peer, conversationId: conversationIdOf(webhook.channelId, peer) }];
  });
  return { placed, conversationIds: [...new Set(placed.map((each) => each.conversationId))] };
}

/** By the peer's own key, or because that peer's conversation handed its events over. */
const isOwn = (
  { moved }: Webhook,
  { peer, conversationId: itsOwn }: Placed,
  { conversationId }: PartsOf,
): boolean =>
  itsOwn === conversationId ||
  (moved ?? []).some((each) => each.peer === peer && each.to === conversationId);

/** Conversations that stand in the entry, but that the quick look at accept did not see. */
export async function wakeMissed(
  ports: Pick<DrainPorts, "addKeys" | "wake">,
  webhook: Webhook,
  conversationIds: readonly string[],
): Promise<void> {
  const missed = [...new Set(conversationIds).difference(new Set(webhook.keys))];
  if (missed.length === 0) return;
  await ports.addKeys(webhook._id, missed);
  await Promise.all(missed.map((id) => ports.wake("conversations", id)));
}
