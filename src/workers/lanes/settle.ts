import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { ownAttempt } from "#workers/lanes/claim.ts";
import { insist } from "#workers/lanes/insist.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { recordSent } from "#workers/lanes/record-sent.ts";
import { closed, closedBy, waitFor, type LaneStep } from "#workers/lanes/step.ts";

export interface Settling {
  readonly outgoing: Outgoing;
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly claim: Claim;
  readonly outcome: SendOutcome;
}

/** Writes what one attempt brought. Success counts from any state, failure for this attempt only. */
export async function settleOutcome(ports: LanePorts, settling: Settling): Promise<LaneStep> {
  const { outgoing, provider, claim, outcome } = settling;
  ports.count(provider.name, outcome.kind);
  tellSend(ports, settling);
  if (outcome.kind === "sent") {
    await insist(ports, () => recordSent(ports, { outgoing, attempt: claim.attempt, ...outcome }));
    return closed;
  }
  if (outcome.kind === "refused") return refuse(ports, settling, outcome);
  if (outcome.kind === "account") return pause(ports, settling, outcome);
  if (outcome.kind === "rate") return slowDown(ports, settling, outcome);
  if (outcome.kind === "unknown") return markUnknown(ports, settling, outcome.reason);
  return requeue(ports, settling, backoffMs(ports, claim.attempt), outcome.reason);
}

/** By then every worker has seen the pause, and the gate holds the send until somebody ends it. */
const accountPauseMs = 5000;
const firstBackoffMs = 500;
const longestBackoffMs = 300_000;

/** Full jitter: a provider that comes back is not met by everybody at once. */
const backoffMs = ({ random }: LanePorts, attempt: number): number =>
  Math.round(Math.min(firstBackoffMs * 2 ** attempt, longestBackoffMs) * (0.5 + random() / 2));

async function refuse(
  ports: LanePorts,
  { outgoing, claim }: Settling,
  { code, reason, advice }: Extract<SendOutcome, { kind: "refused" }>,
): Promise<LaneStep> {
  const { _id, tenantId, channelId } = outgoing;
  // First, because nobody comes back to a send that is closed.
  await insist(ports, () =>
    ports.raiseAlert({
      tenantId,
      channelId,
      kind: "send.failed",
      subject: _id,
      text: `${code}: ${reason} ${advice}`,
    }),
  );
  const settledAt = new Date(ports.now());
  const written = await insist(ports, () =>
    ports.outgoing.settleNegative(_id, ownAttempt(claim), {
      state: "failed",
      settledAt,
      reason,
      code: String(code),
      advice,
    }),
  );
  return closedBy(written);
}

async function pause(
  ports: LanePorts,
  settling: Settling,
  { code, reason, advice }: Extract<SendOutcome, { kind: "account" }>,
): Promise<LaneStep> {
  await ports.pauseChannel(settling.channel, String(code), `${reason} ${advice}`);
  return requeue(ports, settling, accountPauseMs, reason);
}

const firstPairMs = 6000;
const firstChannelMs = 1000;

/** The pair limit is paid back slowly: 6 s, 24 s, 96 s …; https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
async function slowDown(
  ports: LanePorts,
  settling: Settling,
  outcome: Extract<SendOutcome, { kind: "rate" }>,
): Promise<LaneStep> {
  const { outgoing, channel, provider, claim } = settling;
  const isPair = outcome.scope === "pair";
  const grown = isPair
    ? firstPairMs * 4 ** (claim.attempt - 1)
    : firstChannelMs * 2 ** (claim.attempt - 1);
  const ms = outcome.retryAfterMs ?? Math.min(grown, longestBackoffMs);
  await ports.pace.block(channel, provider, isPair ? outgoing.peer : undefined, ms);
  return requeue(ports, settling, ms, `rate limit ${outcome.code}`);
}

async function requeue(
  ports: LanePorts,
  { outgoing, claim }: Settling,
  ms: number,
  reason: string,
): Promise<LaneStep> {
  const notBefore = new Date(ports.now() + ms);
  await insist(ports, () =>
    ports.outgoing.requeue(outgoing._id, ownAttempt(claim), notBefore, reason),
  );
  return waitFor(ms);
}

async function markUnknown(
  ports: LanePorts,
  { outgoing, claim }: Settling,
  reason: string,
): Promise<LaneStep> {
  const now = ports.now();
  const { reconcileEveryMs } = ports.settings;
  await ports.outgoing.markUnknown(
    outgoing._id,
    { states: ["sending"], attempt: claim.attempt },
    new Date(now),
    new Date(now + reconcileEveryMs),
    reason,
  );
  return waitFor(reconcileEveryMs);
}

function tellSend(ports: LanePorts, { outgoing, claim, outcome, provider }: Settling): void {
  const level = outcome.kind === "sent" ? "info" : "warn";
  ports.log[level]({
    event: "send.attempted",
    outgoingId: outgoing._id,
    channelId: outgoing.channelId,
    provider: provider.name,
    type: outgoing.command.type,
    attempt: claim.attempt,
    outcome: outcome.kind,
    ms: ports.now() - claim.claimedAt.getTime(),
    ...("reason" in outcome ? { reason: outcome.reason } : {}),
    ...("code" in outcome ? { code: outcome.code } : {}),
  });
}
