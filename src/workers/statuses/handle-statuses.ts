import type { Event } from "#shared/domain/event.ts";
import type { OwnEvent } from "#shared/domain/own-event.ts";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { conversationIdOf } from "#shared/models/conversations.ts";
import type { Models } from "#shared/models/open-models.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { turnPeerOf } from "#workers/conversation/next-message.ts";
import {
  normalizeWebhook,
  type NormalizedWebhook,
} from "#workers/conversation/normalize-webhook.ts";
import { wakeMissed } from "#workers/conversation/read-parts.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { applyAccountState } from "#workers/statuses/apply-account-state.ts";
import { applyReceipt } from "#workers/statuses/apply-receipt.ts";
import { findSender } from "#workers/statuses/find-sender.ts";

export interface StatusPorts extends LanePorts {
  readonly readOpenWebhooks: DrainPorts["readOpenWebhooks"];
  readonly addKeys: DrainPorts["addKeys"];
  readonly closePart: Models["webhooks"]["closePart"];
  /** False when a younger word of the provider's was heard before. */
  readonly hearState: (
    channel: OpenChannel,
    mark: string,
    heard: Parameters<Models["channels"]["hearState"]>[2],
  ) => Promise<boolean>;
  /** The tenant's other channels at the same provider. */
  readonly siblingsOf: (channel: OpenChannel) => readonly OpenChannel[];
  readonly raiseMark: (channelId: string, claimedAt: Date) => Promise<unknown>;
}

const webhooksAtOnce = 200;

/**
 * A channel's receipts, account events and whatever no conversation was found for at accept. In any
 * order: ranks only rise, states are the provider's latest word, keys are only added.
 */
export async function handleStatuses(ports: StatusPorts, key: string): Promise<JobOutcome> {
  const webhooks = await ports.readOpenWebhooks(key, webhooksAtOnce);
  const claims = await Promise.all(webhooks.map((webhook) => handleWebhook(ports, webhook, key)));
  await raiseMark(ports, webhooks[0]?.channelId, claims.flat());
  return webhooks.length < webhooksAtOnce ? { kind: "done" } : { kind: "delay", ms: 0 };
}

/** Once for all: a channel has one mark, and one write at a time. */
async function raiseMark(
  ports: StatusPorts,
  channelId: string | undefined,
  claims: readonly Date[],
): Promise<void> {
  if (channelId === undefined || claims.length === 0) return;
  await ports.raiseMark(channelId, new Date(Math.max(...claims.map((at) => at.getTime()))));
}

/** Answers when the sends were claimed whose receipts it held. */
async function handleWebhook(
  ports: StatusPorts,
  webhook: Webhook,
  key: string,
): Promise<readonly Date[]> {
  const channel = await ports.findChannel(webhook.channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined) return [];
  const claims: Date[] = [];
  const normalized = normalizeWebhook(webhook, channel, provider);
  if ("events" in normalized) {
    await wakeMissed(
      ports,
      webhook,
      normalized.events.flatMap((event) => idsOf(webhook, event)),
    );
    for (const event of normalized.events) {
      const claimedAt = await applyEvent(ports, { event, webhook, channel, provider });
      if (claimedAt !== undefined) claims.push(claimedAt);
    }
  }
  const { _id } = webhook;
  await ports.closePart(_id, key, new Date(ports.now()), noteOf(normalized));
  return claims;
}

function idsOf({ channelId }: Webhook, event: Parameters<typeof turnPeerOf>[0]): readonly string[] {
  const peer = turnPeerOf(event);
  return peer === undefined ? [] : [conversationIdOf(channelId, peer)];
}

function noteOf(normalized: NormalizedWebhook): { parked?: string; ignored?: string } {
  if ("parked" in normalized) return { parked: normalized.parked };
  if ("ignored" in normalized) return { ignored: normalized.ignored };
  return normalized.events.length === 0 ? { ignored: "nothing for this channel" } : {};
}

export interface ChannelEvent {
  readonly event: Event | OwnEvent;
  readonly webhook: Webhook;
  readonly channel: OpenChannel;
  readonly provider: Provider;
}

async function applyEvent(ports: StatusPorts, of: ChannelEvent): Promise<Date | undefined> {
  const { event, webhook, channel, provider } = of;
  if (event.kind === "status") {
    const sender = await findSender(ports, { event, channel, provider });
    return applyReceipt(ports, { event, channel: sender, provider });
  }
  if (event.kind === "account_state")
    await applyAccountState(ports, { event, webhook, channel, provider });
  if (event.kind === "provider_error")
    await ports.raiseAlert({
      tenantId: channel.tenantId,
      channelId: channel._id,
      kind: "provider.error",
      subject: `${channel._id}|${event.errorCode ?? ""}`,
      text: `${provider.name} reports ${event.errorCode ?? "an error"}: ${event.reason ?? ""}`,
    });
  return undefined;
}
