import type { Command } from "./command.ts";
import type { TagChange } from "./contact.ts";
import type { CrmWork } from "./crm.ts";
import type { Media, MessageType, SharedContact, SharedLocation } from "./event.ts";
import type { OperatorAct } from "./own-event.ts";
import type { DealEffect, Session, Timer } from "./session.ts";

/** Who answers: the bot, an operator who took over, or nobody yet (no active bot). */
export type Mode = "bot" | "operator" | "waiting";

/** A message as the chat shows it: written once, after its turn was committed. */
export interface MessageRecord {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly channelId: string;
  readonly conversationId: string;
  readonly webhookId?: string;
  readonly kind: string;
  readonly state: "applied" | "dead" | "ignored";
  readonly direction?: "in" | "out";
  readonly type?: string;
  readonly text?: string;
  readonly media?: Media;
  readonly location?: SharedLocation;
  readonly contacts?: readonly SharedContact[];
  readonly payload?: string;
  readonly replyTo?: string;
  readonly senderId?: string;
  readonly providerMessageId?: string;
  /** Provider time where there is one, else the arrival. */
  readonly sentAt: Date;
  readonly arrivedAt: Date;
  readonly appliedAt: Date;
  /** Handled after younger ones: it came later than the hold window or took the second way. */
  readonly late?: true;
  /** It never came: it was found in the provider's own record. */
  readonly backfilled?: true;
  readonly weakDedupe?: true;
  readonly unverified?: true;
  /** What an operator did, and who. */
  readonly act?: OperatorAct;
  readonly by?: string;
  readonly assignee?: string;
  /** The provider's echo of a send of ours: the chat shows the send. */
  readonly echo?: true;
  readonly reason?: string;
  /** What the database refused of the turn's effects, as JSON: kept for a person. */
  readonly parkedEffects?: string;
}

/** Something that a committed turn wants done; applied by the flush, once. */
export type Effect =
  | {
      readonly kind: "outgoing";
      readonly lane: "replies";
      readonly sequence: number;
      readonly command: Command;
      readonly origin: "bot" | "operator";
      /** The user who sends. */
      readonly by?: string;
      readonly causedBy: string;
      /** Free-form messages are taken until then. */
      readonly windowUntil?: Date;
      readonly resendOf?: string;
    }
  | {
      readonly kind: "contact";
      readonly contactId: string;
      readonly set: Readonly<Record<string, string>>;
      readonly fields: Readonly<Record<string, string>>;
      readonly tags?: TagChange;
    }
  | {
      readonly kind: "deal";
      /** Numbered by the turn: however often it is flushed, it is one deal. */
      readonly dealId: string;
      readonly contactId: string;
      readonly deal: Omit<DealEffect, "kind">;
    }
  | {
      readonly kind: "crm";
      /** Its place in the lane, numbered by the turn: however often it is flushed, it is one action. */
      readonly place: string;
      readonly work: CrmWork;
    }
  /** Something that a person should know of the conversation. */
  | { readonly kind: "alert"; readonly alert: AlertWords }
  /** An operator took over: the bot's replies that did not leave yet stay here. */
  | { readonly kind: "cancel"; readonly lane: "replies"; readonly upTo: number };

export interface AlertWords {
  readonly kind: string;
  readonly text: string;
}

export interface FirstAnswer {
  readonly at: Date;
  /** How long the customer had waited. */
  readonly ms: number;
  readonly by: "bot" | "operator";
}

export interface Preview {
  readonly direction: "in" | "out";
  readonly type: MessageType;
  readonly text: string;
  readonly at: Date;
}

/** What the conversation knows of its contact: a turn reads nothing else of it. */
export interface KnownContact {
  readonly id: string;
  readonly name?: string;
  readonly username?: string;
  readonly phone?: string;
  /** What this conversation's turns saved, within a bound. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
}

export interface Conversation {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly channelId: string;
  /** chatId as the provider gave it first: the conversation's name. */
  readonly peer: string;
  /** Where replies go, when the customer writes under another identity by now. */
  readonly address?: string;
  /** 0 where the document does not exist yet. */
  readonly version: number;
  /** Fresh with every commit: tells whose commit a version is. */
  readonly commit: string;
  readonly mode: Mode;
  readonly status: "active" | "closed";
  readonly session?: Session;
  readonly timers: readonly Timer[];
  /** Due time of the earliest timer. */
  readonly wakeAt?: Date;
  /** The message of the last commit; its own document is written by the flush, at the end. */
  readonly last?: MessageRecord;
  readonly effects: readonly Effect[];
  readonly outSequence: number;
  readonly contact?: KnownContact;
  /** The user who takes care of it. */
  readonly assignee?: string;
  /** Messages of the customer since a person last looked. */
  readonly unread?: number;
  /** The first message that nobody has answered yet. */
  readonly waitingSince?: Date;
  /** The first answer since the conversation began, was opened again or came to a person. */
  readonly firstAnswer?: FirstAnswer;
  /** The beginning of what a person wrote last, on either side. */
  readonly preview?: Preview;
  readonly lastMessageAt?: Date;
  readonly lastInboundAt?: Date;
  /** Provider time of the youngest message applied: what is older now comes late. */
  readonly lastSentAt?: Date;
  /** Its journal entry: providers count whole seconds, so two messages may share one. */
  readonly lastSentIn?: string;
  /** Turns in which a bot spoke, since then. */
  readonly spoken?: { readonly since: Date; readonly turns: number };
  readonly committedAt?: Date;
  /** Other identities of the peer that lead here. */
  readonly linked?: readonly string[];
  /** The peer turned out to be another one: its events belong to that conversation. */
  readonly movedTo?: string;
  readonly poison?: { readonly eventId: string; readonly count: number };
}
