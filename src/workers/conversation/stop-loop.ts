import type { Conversation } from "#shared/domain/conversation.ts";
import { takeOver } from "#workers/conversation/take-over.ts";
import type { Change, TurnInput } from "#workers/conversation/take-turn.ts";

/** How often a bot may answer in one conversation within so much time. */
export interface LoopLimit {
  /** 0: as often as it likes. */
  readonly replies: number;
  readonly windowMs: number;
}

/** Two bots that answer each other never tire: beyond the limit nothing is said, and a person has it. */
export function stopLoop(input: TurnInput, change: Change): Change {
  const { replies = 0, windowMs = 0 } = input.loop ?? {};
  if (replies === 0 || !speaks(change) || spokenAfter(input).turns <= replies) return change;
  const minutes = Math.round(windowMs / 6000) / 10;
  const text = `the bot answered ${replies} times within ${minutes} minutes, perhaps another bot: it is silent, and a person has the conversation`;
  return { ...takeOver(input), alert: { kind: "bot.loop", text } };
}

/** What the next turn counts on. Whoever gives the conversation back lets the bot begin anew. */
export function countSpoken(input: TurnInput, change: Change): Pick<Conversation, "spoken"> {
  const { conversation, loop } = input;
  if (loop === undefined || (change.mode ?? conversation.mode) === "operator") return {};
  if (speaks(change)) return { spoken: spokenAfter(input) };
  return conversation.spoken === undefined ? {} : { spoken: conversation.spoken };
}

const speaks = ({ commands = [] }: Change): boolean =>
  commands.some(({ origin }) => origin === "bot");

/** This turn included. */
function spokenAfter({ conversation: { spoken }, loop, now }: TurnInput) {
  const isOver = spoken === undefined || now - spoken.since.getTime() > (loop?.windowMs ?? 0);
  return isOver ? { since: new Date(now), turns: 1 } : { ...spoken, turns: spoken.turns + 1 };
}
