import type { Command } from "./command.ts";

/** One conversation's place in one bot version. */
export interface Session {
  readonly botVersionId: string;
  /** The node whose answer is awaited; absent when the scenario is over. */
  readonly nodeId?: string;
  /** Fresh for every wait, so that a timer of an older wait is known as such. */
  readonly waitId?: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Something that becomes due; `id` is unique within the conversation. */
export interface Timer {
  readonly id: string;
  readonly kind: "question_timeout" | "handback";
  /** Due, ISO 8601. */
  readonly at: string;
}

/** What the bot's turn reacts to. */
export type BotInput =
  | { readonly kind: "start"; readonly text: string; readonly payload?: string }
  | { readonly kind: "answer"; readonly text: string; readonly payload?: string }
  | { readonly kind: "timeout"; readonly waitId: string };

/** Something a bot's turn wants done. */
export type BotEffect =
  | { readonly kind: "send"; readonly command: Command }
  | { readonly kind: "save"; readonly field: string; readonly value: string }
  | TagEffect
  | DealEffect
  /** The bot is done: a person goes on. */
  | { readonly kind: "takeover" };

/** Gives the contact a tag, or takes it away. */
export interface TagEffect {
  readonly kind: "tag";
  readonly tag: string;
  readonly remove?: true;
}

/** Opens a deal of the contact. */
export interface DealEffect {
  readonly kind: "deal";
  readonly title: string;
  readonly pipeline?: string;
  readonly stage?: string;
  /** In the pipeline's currency. */
  readonly amount?: number;
  /** What the scenario knew by then. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the scenario may say of the contact in `{{contact.…}}`. */
export interface ContactFacts {
  readonly name?: string;
  readonly phone?: string;
}

/** The result of one bot turn: where the session stands and what is to be done, in order. */
export interface BotTurn {
  readonly session: Session;
  readonly effects: readonly BotEffect[];
  /** The wait's own timer, when the node that waits has one. */
  readonly timeoutMs?: number;
}
