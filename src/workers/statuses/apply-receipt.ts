import type { StatusEvent } from "#shared/domain/event.ts";
import { rankNumber, type Rank } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import { providerRefId, type ProviderRef } from "#shared/models/provider-refs.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { parseCallback, type Callback } from "#workers/lanes/account.ts";
import { applyRef, recordSent } from "#workers/lanes/record-sent.ts";
import { resend } from "#workers/lanes/reconsider-held.ts";
import type { StatusPorts } from "#workers/statuses/handle-statuses.ts";

export interface Receipt {
  readonly event: StatusEvent;
  readonly channel: OpenChannel;
  readonly provider: Provider;
}

/**
 * One receipt. The reference keeps it even when its send was not recorded yet. Answers when its send
 * was claimed, as far as it tells.
 */
export async function applyReceipt(
  ports: StatusPorts,
  receipt: Receipt,
): Promise<Date | undefined> {
  const { event, channel, provider } = receipt;
  if (event.messageId === undefined) return undefined;
  const rank = provider.rankOf(event.status);
  const id = providerRefId(channel._id, event.messageId);
  const callback = parseCallback(event.callback);
  if (rank === "failed") await applyFailure(ports, receipt, id, callback);
  else if (rank !== undefined) await applyRank(ports, receipt, { id, rank, callback });
  return callback?.claimedAt;
}

async function applyRank(
  ports: StatusPorts,
  { event, channel }: Receipt,
  of: { id: string; rank: Rank; callback: Callback | undefined },
): Promise<void> {
  const ref = await ports.providerRefs.recordRank(of.id, of.rank);
  if (ref?.outgoingId === undefined) return attach(ports, channel, event, of.callback);
  await ports.outgoing.raiseRank(ref.outgoingId, rankNumber[of.rank]);
}

/** The receipt knows its send before the sender does: that is evidence, whatever the sender heard. */
async function attach(
  ports: StatusPorts,
  channel: OpenChannel,
  event: StatusEvent,
  callback: Callback | undefined,
): Promise<void> {
  if (callback === undefined || event.messageId === undefined) return;
  const outgoing = await ports.outgoing.read(callback.outgoingId);
  if (outgoing?.channelId !== channel._id) return;
  const { attempt } = callback;
  await recordSent(ports, { outgoing, attempt, providerMessageId: event.messageId });
}

async function applyFailure(
  ports: StatusPorts,
  receipt: Receipt,
  id: string,
  callback: Callback | undefined,
): Promise<void> {
  const { event, channel, provider } = receipt;
  const code = String(event.errorCode ?? event.status);
  const { retryable, advice } = provider.advise(event.errorCode ?? event.status);
  const failed = { code, reason: event.reason ?? event.status, advice, retryable };
  const ref = await ports.providerRefs.recordFailure(id, failed);
  if (ref?.outgoingId === undefined) await attach(ports, channel, event, callback);
  else await applyRef(ports, ref);
  await tellFailure(ports, receipt, ref?.outgoingId ?? callback?.outgoingId, failed);
}

/** What was said longer ago may no longer be true: a person decides. */
const freshMs = 3_600_000;

/** A failure that may pass is sent again, once, where the channel's policy says so. */
async function tellFailure(
  ports: StatusPorts,
  { event, channel, provider }: Receipt,
  outgoingId: string | undefined,
  failed: NonNullable<ProviderRef["failed"]>,
): Promise<void> {
  const outgoing = outgoingId === undefined ? undefined : await ports.outgoing.read(outgoingId);
  if (outgoing?.state !== "failed" || outgoing.channelId !== channel._id) return;
  await ports.raiseAlert({
    tenantId: channel.tenantId,
    channelId: channel._id,
    kind: "send.failed",
    subject: outgoing._id,
    text: `${failed.code}: ${failed.reason} ${failed.advice}`,
  });
  if (ports.now() - (outgoing.claimedAt?.getTime() ?? 0) > freshMs) return;
  const { isAccount, slowDown } = provider.advise(event.errorCode ?? event.status);
  if (isAccount === true)
    await ports.pauseChannel(channel, failed.code, `${failed.reason} ${failed.advice}`);
  if (slowDown !== undefined) {
    const peer = slowDown.scope === "pair" ? outgoing.peer : undefined;
    await ports.pace.block(channel, provider, peer, slowDown.ms);
  }
  if (failed.retryable && channel.resendFailed && outgoing.resendOf === undefined)
    await resend(ports, outgoing, channel);
}
