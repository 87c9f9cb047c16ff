import type { Conversation } from "#shared/domain/conversation.ts";
import type { JobOutcome } from "#shared/domain/outcome.ts";
import { commitPoison } from "#workers/conversation/poison.ts";
import { flushOrPark } from "#workers/conversation/park-effects.ts";
import { burstBefore, findBurst } from "#workers/conversation/burst.ts";
import { holdMsOf } from "#workers/conversation/hold.ts";
import { linkIdentities, moveEvents } from "#workers/conversation/link-identities.ts";
import type { Candidate } from "#workers/conversation/next-message.ts";
import type { DrainPorts } from "#workers/conversation/ports.ts";
import { commitTurn, type Committed } from "#workers/conversation/commit-turn.ts";
import { wakeAtOf } from "#workers/conversation/wake-at.ts";
import { tellMessage } from "#workers/conversation/tell-message.ts";
import { closeFinishedParts, readInbox, type Inbox } from "#workers/conversation/read-inbox.ts";

/** `again`: something changed under us or there may be more; look again. */
type Step = { readonly kind: "again" } | JobOutcome;

const again = { kind: "again" } as const;
const done = { kind: "done" } as const;

/**
 * Brings one conversation forward: recover what the last turn left, then one turn after another in
 * order, each committed by one guarded update and flushed before the next. Workers may overlap
 * here: one of them wins each version, and everything else is repeatable.
 */
export async function drain(
  ports: DrainPorts,
  conversationId: string,
  signal?: AbortSignal,
): Promise<JobOutcome> {
  const { budgetMs, budgetTurns } = ports.settings;
  const endAt = ports.now() + budgetMs;
  const budget = {
    turns: budgetTurns,
    isSpent: () => ports.now() >= endAt || signal?.aborted === true,
  };
  while (budget.turns > 0 && !budget.isSpent()) {
    const step = await drainOnce(ports, conversationId, budget);
    if (step.kind === "done" || step.kind === "delay") return step;
  }
  await ports.wake("conversations", conversationId);
  return done;
}

interface Budget {
  turns: number;
  readonly isSpent: () => boolean;
}

async function drainOnce(ports: DrainPorts, conversationId: string, budget: Budget): Promise<Step> {
  // The clock is read before the journal: an older message that arrived in between was then read.
  const now = ports.now();
  const inbox = await readInbox(ports, conversationId, now);
  if (inbox === undefined) return done;
  if (inbox.unflushed) return recover(ports, inbox.conversation);
  if (inbox.conversation.movedTo !== undefined)
    return move(ports, inbox, inbox.conversation.movedTo);
  await closeFinishedParts(ports, inbox);
  if (inbox.open.length === 0) await forgetStaleWake(ports, inbox.conversation, now);
  return takeTurns(ports, inbox, now, budget);
}

/** A turn was committed and its flush did not end: finish it before anything new. */
async function recover(ports: DrainPorts, conversation: Conversation): Promise<Step> {
  const trouble = await flushOrPark(ports, conversation);
  if (trouble !== undefined) return trouble;
  ports.onApplied?.(conversation);
  return again;
}

async function move(ports: DrainPorts, inbox: Inbox, peer: string): Promise<Step> {
  await moveEvents(ports, inbox, peer);
  return inbox.isWhole ? done : again;
}

/** Nothing is due although a wake was: the next one is the earliest timer's. */
async function forgetStaleWake(
  ports: DrainPorts,
  conversation: Conversation,
  now: number,
): Promise<void> {
  if (conversation.wakeAt === undefined || conversation.wakeAt.getTime() > now) return;
  const { wakeAt: _, ...kept } = conversation;
  const next = { ...kept, ...wakeAtOf(kept.timers) };
  await ports.commit({ ...next, version: kept.version + 1, commit: ports.newId() });
}

/** Every head that is old enough, in order; the conversation in memory is what we last committed. */
async function takeTurns(
  ports: DrainPorts,
  inbox: Inbox,
  now: number,
  budget: Budget,
): Promise<Step> {
  let conversation = inbox.conversation;
  for (const [index, head] of inbox.open.entries()) {
    if (!inbox.openIds.has(head.id)) continue;
    const holdMs = holdLeft(ports, inbox, head, now);
    if (holdMs > 0) return index === 0 ? { kind: "delay", ms: holdMs } : again;
    if (budget.turns <= 0 || budget.isSpent()) return again;
    budget.turns -= 1;
    if ((await linkIdentities(ports, inbox, conversation, head)) === "again") return again;
    for (const each of [...burstBefore(conversation, head), head]) {
      const next = await takeOneTurn(ports, inbox, conversation, each);
      if ("kind" in next) return next;
      conversation = next.conversation;
    }
  }
  return inbox.isWhole ? done : again;
}

/** How long the head still waits for older ones of its conversation. */
function holdLeft(
  ports: DrainPorts,
  { channel, provider }: Inbox,
  head: Candidate,
  now: number,
): number {
  if (head.webhook === undefined || head.webhook.source !== "webhook") return 0;
  return head.webhook.arrivedAt.getTime() + holdMsOf(ports.settings, channel, provider) - now;
}

async function takeOneTurn(
  ports: DrainPorts,
  inbox: Inbox,
  conversation: Conversation,
  head: Candidate,
): Promise<Committed | Step> {
  ports.onHead?.(head.id);
  const startedAt = ports.now();
  const committed = await commitTurn(ports, inbox, conversation, head);
  if (committed === "lost") return again;
  if ("fault" in committed) return commitPoison(ports, conversation, head, committed.fault);
  const trouble = await flushOrPark(ports, committed.conversation);
  if (trouble !== undefined) return trouble;
  inbox.openIds.delete(head.id);
  await closeFinishedParts(ports, inbox);
  await wakeAtBurstEnd(ports, committed.conversation);
  ports.onTurn?.(ports.now() - startedAt);
  ports.onApplied?.(committed.conversation);
  tellMessage(ports, inbox.provider, committed.conversation);
  return committed;
}

/** Clocks differ a little; too early is in vain. */
const clockSkewMs = 50;

/** Whoever wrote in a burst waits for an answer now: the sweeper, who would come by, is slower. */
async function wakeAtBurstEnd(ports: DrainPorts, conversation: Conversation): Promise<void> {
  const burst = findBurst(conversation.timers);
  if (burst === undefined) return;
  const delayMs = Date.parse(burst.at) - ports.now() + clockSkewMs;
  await ports.wake("conversations", conversation._id, delayMs, burst.id);
}
