import type { AccountStateEvent } from "#shared/domain/event.ts";
import { pauseAlert } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { StatusPorts } from "#workers/statuses/handle-statuses.ts";

/** The code under which a channel is paused by the provider's own word. */
const stateCode = "account_state";

interface StateOf {
  readonly event: AccountStateEvent;
  readonly webhook: Webhook;
  readonly channel: OpenChannel;
  readonly provider: Provider;
}

/**
 * An account that cannot send pauses its channel; it resumes by the provider's word, if that paused
 * it. In whatever order and however often words are handled, the provider's youngest holds.
 */
export async function applyAccountState(ports: StatusPorts, of: StateOf): Promise<void> {
  const { event, webhook, channel, provider } = of;
  const effect = provider.accountEffect(event.state ?? "");
  ports.log.info({ event: "account.state", channelId: channel._id, state: event.state, effect });
  const mark = `${timeOf(of)}|${webhook._id}`;
  if (effect === "resume")
    await ports.hearState(channel, mark, { resumed: [stateCode, ...(provider.stateCodes ?? [])] });
  if (effect === "pause") await pause(ports, of, mark);
  if (effect === "alert") await alert(ports, of);
}

/** It sends on, but somebody must look. */
const alert = (ports: StatusPorts, { event, channel, provider }: StateOf): Promise<unknown> =>
  ports.raiseAlert({
    tenantId: channel.tenantId,
    channelId: channel._id,
    kind: "account.news",
    subject: [channel._id, event.state, event.about ?? ""].join("|"),
    text: `${provider.name} says of the account ${event.state}. ${event.reason ?? ""}`.trim(),
  });

/** A word dated ahead of its arrival would outrank every later one. */
function timeOf({ event, webhook }: StateOf): string {
  const arrivedAt = webhook.arrivedAt.toISOString();
  return event.at !== undefined && event.at < arrivedAt ? event.at : arrivedAt;
}

async function pause(
  ports: StatusPorts,
  { event, channel, provider }: StateOf,
  mark: string,
): Promise<void> {
  const reason =
    `${provider.name} says the account is ${event.state}. ${event.reason ?? ""}`.trim();
  const paused = { code: stateCode, reason, at: new Date(ports.now()) };
  if (!(await ports.hearState(channel, mark, { paused }))) return;
  await ports.raiseAlert({
    tenantId: channel.tenantId,
    channelId: channel._id,
    ...pauseAlert(channel._id),
    text: reason,
  });
}
