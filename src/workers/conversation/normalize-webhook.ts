import type { Event } from "#shared/domain/event.ts";
import type { OwnEvent } from "#shared/domain/own-event.ts";
import { manualEvent } from "#shared/models/manual-entry.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { parseOwnEvent } from "#shared/models/own-entry.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import { parseFor } from "#shared/providers/parse-for.ts";
import type { Provider } from "#shared/providers/provider.ts";

export type NormalizedWebhook =
  | { readonly events: readonly (Event | OwnEvent)[] }
  | { readonly ignored: string }
  | { readonly parked: string };

/** What a journal entry holds for its channel. Never throws: what is not understood is parked. */
export function normalizeWebhook(
  webhook: Webhook,
  channel: OpenChannel,
  provider: Provider,
): NormalizedWebhook {
  try {
    return read(webhook, channel, provider);
  } catch (error) {
    return { parked: error instanceof Error ? error.message : "not understood" };
  }
}

function read(webhook: Webhook, channel: OpenChannel, provider: Provider): NormalizedWebhook {
  const raw = Buffer.from(webhook.raw);
  if (webhook.source === "own") return { events: [parseOwnEvent(raw)] };
  if (webhook.source === "manual") return { events: [manualEvent(raw)] };
  const parsed = parseFor(provider, raw, webhook.headers);
  if ("parked" in parsed) return parsed;
  const normalized = provider.normalize(parsed.body, webhook.headers);
  if ("invalid" in normalized) return { parked: JSON.stringify(normalized.invalid.errors) };
  if ("ignored" in normalized) return normalized;
  return { events: normalized.events.filter((event) => isFor(channel, event)) };
}

/** One body may serve several channels: each has its own journal entry and takes its own events. */
const isFor = (channel: OpenChannel, event: Event): boolean => {
  if (event.channelId !== undefined) return event.channelId === channel.externalId;
  if (event.kind !== "account_state") return true;
  const { businessId, phone } = event;
  const number = channel.phone?.replaceAll(/\D/g, "");
  return isSame(businessId, channel.wabaId) && isSame(phone, number);
};

/** What one side does not say is no difference. */
const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;
