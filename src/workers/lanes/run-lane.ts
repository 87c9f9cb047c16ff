import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import { sendQueued } from "#workers/lanes/send-queued.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";
import { reconcileUnknown } from "#workers/lanes/reconcile.ts";
import { closed, waitFor, type LaneStep } from "#workers/lanes/step.ts";

const sendsAtOnce = 20;

/**
 * Brings one lane of a conversation forward: its sends leave one after another by sequence, and one
 * whose outcome is open holds the others. Workers may overlap: each send has one claim.
 */
export async function runLane(
  ports: LanePorts,
  lane: "replies",
  conversationId: string,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const open = await ports.outgoing.readOpen(conversationId, lane, sendsAtOnce);
  for (const outgoing of open) {
    if (signal.aborted) return { kind: "delay", ms: 0 };
    const step = await bringForward(ports, outgoing, signal);
    if (step.kind === "wait") return { kind: "delay", ms: step.ms };
  }
  return open.length < sendsAtOnce ? { kind: "done" } : { kind: "delay", ms: 0 };
}

async function bringForward(
  ports: LanePorts,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<LaneStep> {
  const { state } = outgoing;
  if (state === "queued") return sendQueued(ports, outgoing);
  if (state === "sending") return waitForClaim(ports, outgoing);
  return state === "unknown" ? reconcileUnknown(ports, outgoing, signal) : closed;
}

/** A send ends long before its claim does, and nobody tells of it here: soon at first, then ever more rarely. */
const lookAgainMs = 250;

/** Somebody holds the claim; when it is over and nothing was said, the outcome is unknown. */
async function waitForClaim(ports: LanePorts, outgoing: Outgoing): Promise<LaneStep> {
  const now = ports.now();
  const left = (outgoing.claimUntil?.getTime() ?? now) - now;
  const held = now - (outgoing.claimedAt?.getTime() ?? now);
  if (left > 0) return waitFor(Math.min(left, Math.max(held, lookAgainMs)));
  const { attempt } = outgoing;
  const sweepAt = new Date(now + ports.settings.reconcileEveryMs);
  const reason = "whoever was sending it stopped before it said how it went";
  await ports.outgoing.markUnknown(
    outgoing._id,
    { states: ["sending"], attempt },
    new Date(now),
    sweepAt,
    reason,
  );
  return waitFor(0);
}
