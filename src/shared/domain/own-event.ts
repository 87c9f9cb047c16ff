import type { Command } from "./command.ts";
import type { Event } from "./event.ts";
import type { Timer } from "./session.ts";

/** What we put into the journal ourselves, so that a conversation has one writer: its drain. */
export type OwnEvent =
  | OperatorEvent
  | {
      readonly kind: "resend";
      readonly chatId: string;
      readonly outgoingId: string;
      readonly attempt: number;
      readonly command: Command;
      readonly origin: "bot" | "operator";
      /** Only while nothing newer was written to the chat: it would come after that. */
      readonly ifNewest?: true;
    }
  /** A send of ours was taken by the provider: told where an outside system wants to hear of it. */
  | {
      readonly kind: "sent";
      readonly chatId: string;
      readonly outgoingId: string;
      readonly command: Command;
      readonly origin: "bot" | "operator";
      readonly by?: string;
      readonly at: string;
    }
  /** What a scenario's request brought; `waitId` is the wait that it ends. */
  | {
      readonly kind: "crm_answer";
      readonly chatId: string;
      readonly waitId: string;
      readonly isOk: boolean;
      readonly values: Readonly<Record<string, string>>;
    }
  /** What the provider said when it was asked who the customer is. */
  | { readonly kind: "contact_answer"; readonly chatId: string; readonly name: string };

export const operatorActs = [
  "send",
  "takeover",
  "handback",
  "close",
  "reopen",
  "assign",
  "read",
] as const;
export type OperatorAct = (typeof operatorActs)[number];

/** An act of a person in the live chat. */
export interface OperatorEvent {
  readonly kind: "operator";
  /** The idempotency key of the act. */
  readonly actId: string;
  readonly act: OperatorAct;
  readonly chatId: string;
  /** What `send` sends. */
  readonly command?: Command;
  /** The user who acts. */
  readonly by?: string;
  /** To whom `assign` gives the conversation; absent: to nobody. */
  readonly assignee?: string;
}

export interface TimerEvent {
  readonly kind: "timer";
  readonly timerId: string;
  readonly timer: Timer["kind"];
  readonly at: string;
}

/** Everything that a conversation's turn reacts to. */
export type TurnEvent = Event | OwnEvent | TimerEvent;
