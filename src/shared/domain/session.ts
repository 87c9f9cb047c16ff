import type { Command } from "./command.ts";
import type { HttpRequest } from "./crm.ts";
import type { MessageType, Referral } from "./event.ts";

/** One conversation's place in one bot version. */
export interface Session {
  readonly botVersionId: string;
  /** The node whose answer is awaited; absent when the scenario is over. */
  readonly nodeId?: string;
  /** Fresh for every wait, so that a timer of an older wait is known as such. */
  readonly waitId?: string;
  /** When the wait's own timer is due, ISO 8601; a pause of the bot may have lost the timer itself. */
  readonly until?: string;
  /** Answers that the node refused in this wait. */
  readonly attempts?: number;
  /** Reminders sent in this wait. */
  readonly reminders?: number;
  /** Turns that timers took since the customer's last word. */
  readonly silent?: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** Something that becomes due; `id` is unique within the conversation. */
export interface Timer {
  readonly id: string;
  readonly kind: "question_timeout" | "handback" | "burst";
  /** Due, ISO 8601. */
  readonly at: string;
  /** What `burst` has collected: whoever drops the timer drops it, too. */
  readonly burst?: Burst;
}

/** Messages that wait to be one input. */
export interface Burst {
  readonly heard: Heard;
  readonly windowMs: number;
  /** When the first was taken in, in ms. */
  readonly since: number;
  /** The youngest one's time, in ms. */
  readonly sentAt: number;
}

/** What the bot's turn reacts to. */
export type BotInput =
  /** `at`: the node at which a trigger starts, whatever waits. */
  | ({ readonly kind: "start" | "answer"; readonly at?: string } & Said)
  | { readonly kind: "timeout"; readonly waitId: string }
  | ({ readonly kind: "answered" } & Answered);

/** What the request of a wait brought. */
export interface Answered {
  readonly waitId: string;
  readonly isOk: boolean;
  readonly values: Readonly<Record<string, string>>;
}

/** A message of the customer as the scenario hears it. */
export interface Said {
  /** The text, or the caption of media. */
  readonly text: string;
  /** The pressed button's or row's id. */
  readonly payload?: string;
  /** Absent means text. */
  readonly messageType?: MessageType;
}

/** What a customer said at once: one message, or several that came in a burst. */
export interface Heard {
  /** Those that are not empty, in order. */
  readonly texts: readonly string[];
  readonly payload?: string;
  readonly messageType: MessageType;
  /** The ad or post that they came from. */
  readonly referral?: Referral;
  /** They had never written before. */
  readonly isFirst?: true;
}

/** Something a bot's turn wants done. */
export type BotEffect =
  | { readonly kind: "send"; readonly command: Command }
  | { readonly kind: "save"; readonly field: string; readonly value: string }
  | TagEffect
  | DealEffect
  /** Calls an outside system; the wait of this turn ends by its answer. */
  | { readonly kind: "request"; readonly request: HttpRequest }
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

/** What the scenario may say of the contact in `{{customer.…}}`. */
export interface ContactFacts {
  readonly name?: string;
  readonly phone?: string;
  /** `{{customer.metadata.…}}` */
  readonly fields?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}

/** The result of one bot turn: where the session stands and what is to be done, in order. */
export interface BotTurn {
  readonly session: Session;
  readonly effects: readonly BotEffect[];
  /** The wait's own timer, where a new wait has one; a wait that goes on keeps its `waitId` and its timer. */
  readonly timeoutMs?: number;
}
