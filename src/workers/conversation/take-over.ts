import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** A person has the conversation from now on; what the bot has not sent yet stays here. */
export const takeOver = (input: TurnInput): Change => ({ ...toOperator(input), cancels: true });

/** What the bot has said by then still leaves: its farewell is among it. */
export const withTakeover = (input: TurnInput, change: Change): Change =>
  change.takesOver === undefined ? change : { ...change, ...toOperator(input) };

function toOperator({ now, handbackAfterMs }: TurnInput): Pick<Change, "mode" | "timers"> {
  const at = new Date(now + handbackAfterMs).toISOString();
  return { mode: "operator", timers: [{ id: `handback-${now}`, kind: "handback", at }] };
}
