import type { Flow } from "#shared/bot/flow.ts";
import type { Conversation, MessageRecord } from "#shared/domain/conversation.ts";
import type { Subscription } from "#shared/domain/crm.ts";
import type { DealWish } from "#shared/domain/deal.ts";
import type { MessageEvent } from "#shared/domain/event.ts";
import type { Alert } from "#shared/models/alerts.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { ContactChange } from "#shared/models/contacts.ts";
import type { CrmAction } from "#shared/models/crm-actions.ts";
import type { MediaFile } from "#shared/models/media.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { Moved, Webhook } from "#shared/models/webhooks.ts";
import type { Provider } from "#shared/providers/provider.ts";
import type { Wake } from "#shared/queues/wake.ts";
import type { LoopLimit } from "#workers/conversation/stop-loop.ts";
import type { Log } from "#shared/runtime/log.ts";
import type { SignInPort } from "#workers/conversation/take-sign-in.ts";

/** A published scenario, parsed. */
export interface LoadedFlow {
  readonly botVersionId: string;
  readonly flow: Flow;
  /** Nodes of earlier versions and where sessions that wait there go on in this one. */
  readonly moves?: ReadonlyMap<string, string>;
}

/** Everything that a drain touches, so that a simulation can run the real code. */
export interface DrainPorts {
  readonly now: () => number;
  /** Fresh and random: names a commit or a wait. */
  readonly newId: () => string;
  readonly readConversation: (id: string) => Promise<Conversation | undefined>;
  readonly readOpenWebhooks: (key: string, limit: number) => Promise<readonly Webhook[]>;
  /** Which of these messages have their document, that is: are applied. */
  readonly readApplied: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** The guarded update from the version before; false when another was first. */
  readonly commit: (next: Conversation) => Promise<boolean>;
  readonly insertOutgoing: (outgoing: Outgoing) => Promise<unknown>;
  readonly cancelQueued: (conversationId: string, lane: string, upTo: number) => Promise<unknown>;
  readonly applyContact: (change: ContactChange) => Promise<unknown>;
  /** Two identities turned out to be one person. */
  readonly mergeContacts: (
    tenantId: string,
    of: { readonly id: string; readonly into: string },
  ) => Promise<unknown>;
  /** Keeps the tenant's list of tags. */
  readonly noteTags: (tenantId: string, tags: readonly string[], at: Date) => Promise<unknown>;
  /** Made once under its id. */
  readonly openDeal: (wish: DealWish) => Promise<unknown>;
  /** Made once under its id. */
  readonly insertAction: (action: CrmAction) => Promise<unknown>;
  /** Who wants to hear of a tenant's turns. */
  readonly subscriptionsOf: (tenantId: string) => readonly Subscription[];
  /** Made once under its id; only for a message that brought a file. */
  readonly insertMedia: (file: MediaFile) => Promise<unknown>;
  readonly insertMessage: (record: MessageRecord) => Promise<unknown>;
  readonly closePart: (webhookId: string, key: string, parked?: string) => Promise<unknown>;
  readonly addKeys: (
    webhookId: string,
    keys: readonly string[],
    moved?: readonly Moved[],
  ) => Promise<unknown>;
  readonly raiseAlert: (alert: Alert) => Promise<unknown>;
  readonly wake: Wake;
  readonly findChannel: (id: string) => Promise<OpenChannel | undefined>;
  readonly findProvider: (name: string) => Provider | undefined;
  /** The version of a bot that a conversation begins with, or an exact one for a session in progress. */
  readonly loadFlow: (
    ask:
      | { readonly botId: string; readonly conversationId: string }
      | { readonly botVersionId: string },
  ) => Promise<LoadedFlow | undefined>;
  /** True when an outgoing message that the provider shows us is one of our own sends. */
  readonly settleEcho: (event: MessageEvent, conversation: Conversation) => Promise<boolean>;
  /** Signing in by a message, where the process has it. */
  readonly signIn?: SignInPort;
  /** Told after each turn that was committed and flushed. */
  readonly onApplied?: (conversation: Conversation) => void;
  /** True for a fault of what was written, not of the server. */
  readonly isContentFault: (error: unknown) => boolean;
  /** Told before each webhook is read. */
  readonly onRead?: (webhookId: string) => void;
  /** Told before each turn, so that whoever watches a suspect knows what it died of. */
  readonly onHead?: (eventId: string) => void;
  /** How long one turn took, from its computation to the end of its flush. */
  readonly onTurn?: (ms: number) => void;
  readonly log: Log;
  readonly settings: DrainSettings;
}

export interface DrainSettings {
  readonly budgetMs: number;
  readonly budgetTurns: number;
  readonly holdMs?: number;
  /** Added where the raw body took the queue: it is never 0 there. */
  readonly leastHoldMs: number;
  readonly handbackAfterMs: number;
  readonly handbackKeywords: readonly string[];
  readonly loop?: LoopLimit;
  /** How old a message that had not arrived may be to be answered. */
  readonly answerBackfilledMs?: number;
  /** A send that nobody took up by then is the sweeper's. */
  readonly sweepAfterMs: number;
  readonly showContent: boolean;
}
