import type { JobOutcome } from "#shared/domain/outcome.ts";
import type { LaneItem } from "#shared/models/lane-items.ts";
import type { Models } from "#shared/models/open-models.ts";
import { closed, waitFor, type LaneStep } from "#workers/lanes/step.ts";

/** One kind of ordered outgoing work; an id names one lane of it. */
export interface Lane<Item extends LaneItem> {
  readonly now: () => number;
  readonly reconcileEveryMs: number;
  readonly readOpen: (id: string, limit: number) => Promise<readonly Item[]>;
  readonly markUnknown: Models["outgoing"]["markUnknown"];
  /** A queued item's turn has come. */
  readonly send: (item: Item) => Promise<LaneStep>;
  /** Nobody knows how the last attempt went. */
  readonly reconcile: (item: Item, signal: AbortSignal) => Promise<LaneStep>;
  /** The head holds the lane for so long. */
  readonly rest: (id: string, ms: number) => Promise<JobOutcome>;
}

const sendsAtOnce = 20;

/**
 * Brings one lane forward: its items leave one after another in order, and one whose outcome is open
 * holds the others. Workers may overlap: each item has one claim.
 */
export async function runLane<Item extends LaneItem>(
  lane: Lane<Item>,
  id: string,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const open = await lane.readOpen(id, sendsAtOnce);
  for (const item of open) {
    if (signal.aborted) return { kind: "delay", ms: 0 };
    const step = await bringForward(lane, item, signal);
    if (step.kind === "wait") return lane.rest(id, step.ms);
  }
  return open.length < sendsAtOnce ? { kind: "done" } : { kind: "delay", ms: 0 };
}

async function bringForward<Item extends LaneItem>(
  lane: Lane<Item>,
  item: Item,
  signal: AbortSignal,
): Promise<LaneStep> {
  const early = (item.notBefore?.getTime() ?? 0) - lane.now();
  if (item.state === "queued") return early > 0 ? waitFor(early) : lane.send(item);
  if (item.state === "sending") return waitForClaim(lane, item);
  return item.state === "unknown" ? lane.reconcile(item, signal) : closed;
}

/** A send ends long before its claim does, and nobody tells of it here: soon at first, then ever more rarely. */
const lookAgainMs = 250;

/** Somebody holds the claim; when it is over and nothing was said, the outcome is unknown. */
async function waitForClaim<Item extends LaneItem>(
  { now: clock, markUnknown, reconcileEveryMs }: Lane<Item>,
  item: Item,
): Promise<LaneStep> {
  const now = clock();
  const left = (item.claimUntil?.getTime() ?? now) - now;
  const held = now - (item.claimedAt?.getTime() ?? now);
  if (left > 0) return waitFor(Math.min(left, Math.max(held, lookAgainMs)));
  const { _id, attempt } = item;
  const reason = "whoever was sending it stopped before it said how it went";
  await markUnknown(
    _id,
    { states: ["sending"], attempt },
    new Date(now),
    new Date(now + reconcileEveryMs),
    reason,
  );
  return waitFor(0);
}
