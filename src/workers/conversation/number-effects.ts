import type { Conversation, Effect } from "#shared/domain/conversation.ts";
import { contactEffects } from "#workers/conversation/conversation-facts.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** The turn's wishes as effects with their places in the lane: the same turn gives the same ids. */
export function numberEffects(
  input: TurnInput,
  change: Change,
  facts: Partial<Conversation>,
): { effects: readonly Effect[]; outSequence: number } {
  const { conversation, candidate, windowMs } = input;
  const lastInboundAt = facts.lastInboundAt ?? conversation.lastInboundAt;
  const windowUntil =
    windowMs === undefined
      ? {}
      : { windowUntil: new Date((lastInboundAt?.getTime() ?? 0) + windowMs) };
  const sends = (change.commands ?? []).map((each, index): Effect => ({
    kind: "outgoing",
    lane: "replies",
    sequence: conversation.outSequence + index + 1,
    causedBy: candidate.id,
    ...windowUntil,
    ...each,
  }));
  const cancels: Effect[] =
    change.cancels === undefined
      ? []
      : [{ kind: "cancel", lane: "replies", upTo: conversation.outSequence }];
  return {
    effects: [...cancels, ...sends, ...contactEffects(conversation, facts, change.fields ?? {})],
    outSequence: conversation.outSequence + sends.length,
  };
}
