import type { Reconciled } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { providerRefId } from "#shared/models/provider-refs.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { accountOf, callbackOf } from "#workers/lanes/account.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { heldAlert, recordSent } from "#workers/lanes/record-sent.ts";
import { closed, closedBy, waitFor, type LaneStep } from "#workers/lanes/step.ts";

/**
 * The outcome of an attempt stayed unknown: look for evidence, never send blind. Without any it
 * holds the lane for a while, then it is held apart and an operator sees it.
 */
export async function reconcileUnknown(
  ports: LanePorts,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<LaneStep> {
  const channel = await ports.findChannel(outgoing.channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined)
    return waitFor(ports.settings.reconcileEveryMs);
  const found = await findEvidence(ports, { outgoing, channel, provider, signal });
  if (found.kind === "arrived") {
    await recordSent(ports, { outgoing, attempt: outgoing.attempt, ...found });
    return closed;
  }
  if (found.kind === "absent") return sendAgain(ports, outgoing);
  return waitOrHold(ports, { outgoing, channel, provider, reason: found.reason });
}

export interface Question {
  readonly outgoing: Outgoing;
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly signal: AbortSignal;
}

/** Receipts and echoes first: they cost nothing. Then the provider itself, where it can be asked. */
export async function findEvidence(ports: LanePorts, question: Question): Promise<Reconciled> {
  const { outgoing, channel, provider } = question;
  const [ref] = await ports.providerRefs.findByOutgoing(outgoing._id);
  if (ref !== undefined)
    return { kind: "arrived", providerMessageId: ref._id.slice(channel._id.length + 1) };
  if (channel.unknownPolicy === "hold")
    return { kind: "silent", reason: "the channel holds unknown sends" };
  if (provider.evidence !== "ask" || provider.reconcile === undefined)
    return { kind: "silent", reason: "no receipt has told of it yet" };
  // Before the question: a pause may lie between the answer and here.
  const askedAt = ports.now();
  const answer = await askProvider(ports, question);
  if (answer.kind !== "absent") return answer;
  const early = ripeAt(ports, question) - askedAt;
  return early > 0 ? { kind: "silent", reason: "the provider's listings may lag" } : answer;
}

/** From then on a listing without it means that it did not arrive. */
const ripeAt = ({ settings }: LanePorts, { outgoing, provider }: Question): number =>
  (outgoing.unknownAt?.getTime() ?? 0) +
  (settings.absentAfterMs ?? provider.defaults.absentAfterMs ?? 0);

async function askProvider(ports: LanePorts, question: Question): Promise<Reconciled> {
  const { outgoing, channel, provider, signal } = question;
  const { claimedAt = new Date(0) } = outgoing;
  // As it was sent: whoever asks by repeating needs the file's link.
  const prepared = await ports.prepareFile(channel, provider, outgoing.command);
  const answer = await provider.reconcile?.({
    http: ports.http,
    account: accountOf(ports, channel),
    to: outgoing.peer,
    command: prepared.kind === "ready" ? prepared.command : outgoing.command,
    callback: callbackOf(outgoing._id, { ...outgoing, claimedAt }),
    since: claimedAt.getTime(),
    ageMs: () => ports.now() - claimedAt.getTime(),
    isTaken: async (providerMessageId) => {
      const ref = await ports.providerRefs.read(providerRefId(channel._id, providerMessageId));
      return ref?.outgoingId !== undefined && ref.outgoingId !== outgoing._id;
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ports.settings.sendTimeoutMs)]),
  });
  return answer ?? { kind: "silent", reason: "the provider cannot be asked" };
}

/** What was learned counts for the attempt that was asked about. */
async function sendAgain(ports: LanePorts, { _id, attempt }: Outgoing): Promise<LaneStep> {
  const now = new Date(ports.now());
  const reason = "the provider does not have it: sent again";
  await ports.outgoing.requeue(_id, { states: ["unknown"], attempt }, now, reason);
  return waitFor(0);
}

async function waitOrHold(
  ports: LanePorts,
  { outgoing, channel, provider, reason }: Omit<Question, "signal"> & { reason: string },
): Promise<LaneStep> {
  const { unknownHoldsMs, sendTimeoutMs, reconcileEveryMs, receiptSilenceMs } = ports.settings;
  const since = outgoing.unknownAt?.getTime() ?? 0;
  const now = ports.now();
  const canLearn = channel.unknownPolicy !== "hold" && provider.evidence !== "none";
  // The provider may take late what it did not answer: until then nothing newer may leave.
  const left = since + (canLearn ? unknownHoldsMs : sendTimeoutMs) - now;
  if (left > 0) return waitFor(Math.min(left, reconcileEveryMs));
  const lookAgainAt =
    provider.evidence === "receipts" ? since + receiptSilenceMs : now + reconcileEveryMs;
  const { tenantId, channelId, _id } = outgoing;
  // First, because nobody comes back to a send that is closed.
  await ports.raiseAlert({
    tenantId,
    channelId,
    ...heldAlert(_id),
    text: "It is not known whether a message arrived; it was held and is not sent again without evidence.",
  });
  const written = await ports.outgoing.hold(
    outgoing._id,
    { states: ["unknown"], attempt: outgoing.attempt },
    new Date(now),
    canLearn ? new Date(lookAgainAt) : undefined,
    `It is not known whether this message arrived (${outgoing.reason ?? "no answer"}): ${reason}. Look at the customer's chat and send it again if it is not there.`,
  );
  return closedBy(written);
}
