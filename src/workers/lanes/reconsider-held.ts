import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { findEvidence } from "#workers/lanes/reconcile.ts";
import { recordSent } from "#workers/lanes/record-sent.ts";

/** After that an operator decides alone. */
const questionOpenMs = 900_000;

/**
 * A held send no longer holds its lane, but evidence found later still settles it: that it arrived,
 * or, where nothing newer left, that it did not and may go again under a new sequence, once.
 */
export async function reconsiderHeld(
  ports: LanePorts,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<void> {
  const channel = await ports.findChannel(outgoing.channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined) return;
  const found = await findEvidence(ports, { outgoing, channel, provider, signal });
  if (found.kind === "arrived")
    return recordSent(ports, { outgoing, attempt: outgoing.attempt, ...found });
  const isAbsent = found.kind === "absent" || (await isSilenceTelling(ports, outgoing, channel));
  if (isAbsent && !(await hasNewer(ports, outgoing))) return sendAgain(ports, outgoing, channel);
  const now = ports.now();
  const isOver = now > (outgoing.unknownAt?.getTime() ?? 0) + questionOpenMs;
  const again = new Date(now + ports.settings.reconcileEveryMs);
  await ports.outgoing.pushSweep(outgoing._id, isOver ? undefined : again);
}

/** Nobody should send it by hand any more. */
async function sendAgain(
  ports: LanePorts,
  outgoing: Outgoing,
  channel: OpenChannel,
): Promise<void> {
  await resend(ports, outgoing, channel, { ifNewest: true });
  await ports.outgoing.hold(
    outgoing._id,
    { states: ["held"], attempt: outgoing.attempt },
    new Date(ports.now()),
    undefined,
    "It did not arrive, by all evidence. It is sent again by itself, unless something newer was written to the chat by then.",
  );
}

/** Silence tells something only while receipts demonstrably flowed; or where the channel says so. */
async function isSilenceTelling(
  ports: LanePorts,
  { unknownAt, claimedAt }: Outgoing,
  channel: OpenChannel,
): Promise<boolean> {
  const provider = ports.findProvider(channel.provider);
  if (channel.unknownPolicy === "hold" || provider?.evidence !== "receipts") return false;
  if (unknownAt === undefined || claimedAt === undefined) return false;
  if (ports.now() < unknownAt.getTime() + ports.settings.receiptSilenceMs) return false;
  return channel.unknownPolicy === "resend" || ports.receiptsFlowed(channel, claimedAt);
}

const hasNewer = (
  ports: LanePorts,
  { conversationId, lane, sequence }: Outgoing,
): Promise<boolean> => ports.outgoing.hasNewer(conversationId, lane, sequence);

/** The entry's id makes it once: the drain gives it a new sequence. */
export async function resend(
  ports: Pick<LanePorts, "journalOwn">,
  outgoing: Outgoing,
  channel: OpenChannel,
  condition: { readonly ifNewest?: true } = {},
): Promise<void> {
  const { _id, conversationId, attempt, peer, command, origin } = outgoing;
  await ports.journalOwn(channel, `${conversationId}|resend|${_id}|${attempt}`, {
    kind: "resend",
    chatId: peer,
    outgoingId: _id,
    attempt,
    command,
    origin,
    ...condition,
  });
}
