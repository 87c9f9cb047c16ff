import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import { candidateOf, turnPeerOf, type Candidate } from "#workers/conversation/next-message.ts";
import { normalizeWebhook } from "#workers/conversation/normalize-webhook.ts";
import type { Healed, HealPorts } from "#workers/healing/ports.ts";
import { buildFetched } from "#workers/webhooks/take-in.ts";

/** A message of the provider's record. */
export interface Recorded extends Pick<Candidate, "id" | "sentAt"> {
  readonly entry: Webhook;
  readonly conversationId: string;
}

export interface Found {
  readonly missing: readonly Recorded[];
  /** Their conversations still have something in the journal: perhaps these. */
  readonly undecided: readonly Recorded[];
}

export interface Span {
  readonly since: number;
  readonly upTo: number;
}

/** What was written in the span and has no message document: nobody here has seen it. The oldest first. */
export async function findMissing(
  ports: HealPorts,
  healed: Healed,
  bodies: readonly Buffer[],
  { since, upTo }: Span,
): Promise<Found> {
  const listed = bodies
    .flatMap((raw, place) => read(ports, healed, raw, place))
    .filter(({ sentAt }) => sentAt >= since && sentAt <= upTo);
  const applied = await ports.readApplied(listed.map(({ id }) => id));
  const unseen = listed
    .filter(({ id }) => !applied.has(id))
    .toSorted((one, other) => one.sentAt - other.sentAt);
  const open = await Promise.all(unseen.map((each) => isOpen(ports, each)));
  return {
    missing: unseen.filter((_, place) => open[place] === false),
    undecided: unseen.filter((_, place) => open[place] === true),
  };
}

/** Named by its place: providers count whole seconds, and what shares one shall stay in order. */
function read(ports: HealPorts, healed: Healed, raw: Buffer, nth: number): readonly Recorded[] {
  const name = String(nth).padStart(6, "0");
  const entry = buildFetched(ports, healed, { source: "history", name, raw });
  const normalized = normalizeWebhook(entry, healed.channel, healed.provider);
  const events = "events" in normalized ? normalized.events : [];
  return events.flatMap((event, place) => {
    const peer = turnPeerOf(event);
    if (peer === undefined) return [];
    const { id, sentAt } = candidateOf(event, entry, place);
    return [{ id, sentAt, entry, conversationId: conversationIdOf(entry.channelId, peer) }];
  });
}

const isOpen = async ({ webhooks }: HealPorts, { conversationId }: Recorded): Promise<boolean> =>
  (await webhooks.readOpen(conversationId, 1)).length > 0;
