import { isMark, type Command } from "#shared/domain/command.ts";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Claim } from "#shared/models/lane-items.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { Provider } from "#shared/providers/provider.ts";
import { accountOf, callbackOf } from "#workers/lanes/account.ts";
import { isRunOut, lostClaim, takeClaim } from "#workers/lanes/claim.ts";
import { passGate } from "#workers/lanes/gate.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { settleOutcome } from "#workers/lanes/settle.ts";
import { closedBy, waitFor, type LaneStep } from "#workers/lanes/step.ts";

const channelGoneMs = 15_000;

/** gate → file → pace → claim → send → settle. Nothing is claimed before it may really leave. */
export async function sendQueued(ports: LanePorts, outgoing: Outgoing): Promise<LaneStep> {
  const channel = await ports.findChannel(outgoing.channelId);
  const provider = channel && ports.findProvider(channel.provider);
  if (channel === undefined || provider === undefined) return waitFor(channelGoneMs);
  const gate = await passGate(ports, outgoing, channel, provider.defaults.windowMs);
  if (gate.kind === "wait") return waitFor(gate.ms);
  if (gate.kind === "parked") return park(ports, outgoing, gate.reason);
  const prepared = await ports.prepareFile(channel, provider, gate.command);
  const peer = isMark(gate.command) ? undefined : outgoing.peer;
  const paceMs = await ports.pace.take(channel, provider, peer);
  if (paceMs > 0) return waitFor(paceMs);
  const claim = await takeClaim(ports, ports.outgoing, outgoing);
  if (claim === undefined) return lostClaim;
  const outcome =
    prepared.kind === "ready"
      ? await sendClaimed(ports, { outgoing, channel, provider, claim, command: prepared.command })
      : prepared.outcome;
  return settleOutcome(ports, { outgoing, channel, provider, claim, outcome });
}

async function park(ports: LanePorts, outgoing: Outgoing, reason: string): Promise<LaneStep> {
  const { _id, attempt, tenantId, channelId } = outgoing;
  // First, because nobody comes back to a send that is closed.
  await ports.raiseAlert({ tenantId, channelId, kind: "send.parked", subject: _id, text: reason });
  const settledAt = new Date(ports.now());
  const written = await ports.outgoing.settleNegative(
    _id,
    { states: ["queued"], attempt },
    { state: "parked", settledAt, reason },
  );
  return closedBy(written);
}

interface ClaimedSend {
  readonly outgoing: Outgoing;
  readonly channel: OpenChannel;
  readonly provider: Provider;
  readonly claim: Claim;
  readonly command: Command;
}

async function sendClaimed(ports: LanePorts, send: ClaimedSend): Promise<SendOutcome> {
  const { outgoing, channel, provider, claim, command } = send;
  const call = {
    http: ports.http,
    account: accountOf(ports, channel),
    to: outgoing.peer,
    command,
    callback: callbackOf(outgoing._id, claim),
    // Nothing else breaks it off: a process that is told to stop would make its outcome unknown.
    signal: AbortSignal.timeout(ports.settings.sendTimeoutMs),
  };
  if (isRunOut(ports, claim))
    return { kind: "unreached", reason: "the claim ran out before the call" };
  const outcome = await provider.send(call);
  // It would hold the lane for nothing: nobody misses a mark.
  return isMark(command) && outcome.kind === "unknown" ? { kind: "sent" } : outcome;
}
