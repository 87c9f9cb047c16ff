import type { DefaultEventsMap, Server, Socket } from "socket.io";
import type { z } from "zod";
import type { conversationSchema } from "#api/rest/conversations/show-conversation.ts";
import type { entrySchema } from "#api/rest/conversations/show-entry.ts";
import type { Identity } from "#api/rest/identity.ts";

type ShownConversation = z.input<typeof conversationSchema>;
type ShownMessage = z.input<typeof entrySchema>;

/** Shapes are those of the REST API. `cursor` is what to ask with after a break. */
interface Told {
  readonly cursor: string;
}

export interface ConversationTold extends Told {
  readonly conversation: ShownConversation;
}

export interface MessageTold extends Told {
  readonly conversation_id: string;
  readonly message: ShownMessage;
}

/** What happened since a cursor; things told before may be among it. */
export interface Missed extends Told {
  readonly conversations: readonly ShownConversation[];
  readonly messages: readonly Omit<MessageTold, "cursor">[];
  /** False: too much happened, the lists must be read anew. */
  readonly is_whole: boolean;
}

interface Typing {
  readonly conversation_id: string;
  readonly user_id: string;
  readonly is_typing: boolean;
}

/** From the server. */
export interface LiveEvents {
  readonly ready: (told: Told & { readonly user_id: string }) => void;
  /** A conversation as it is now. */
  readonly conversation: (told: ConversationTold) => void;
  /** New, or known with another status: its `id` tells. */
  readonly message: (told: MessageTold) => void;
  readonly status: (told: MessageTold) => void;
  readonly typing: (typing: Typing) => void;
  readonly presence: (told: { readonly user_ids: readonly string[] }) => void;
  /** Something may have been missed: ask `since` with the last cursor. */
  readonly resync: (told: Told) => void;
  /** On the sign-in page: look what became of the attempt. */
  readonly attempt: (told: { readonly id: string }) => void;
  /** The token has ended; the connection closes. */
  readonly signed_out: () => void;
}

/** From the page. Nothing of it is trusted before its schema was asked. */
export interface AskedEvents {
  readonly since: (asked: unknown, answer: unknown) => void;
  readonly typing: (asked: unknown) => void;
}

interface SocketData {
  readonly identity: Identity;
  readonly token: string;
}

export type LiveServer = Server<AskedEvents, LiveEvents, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<AskedEvents, LiveEvents, DefaultEventsMap, SocketData>;

export const roomOf = (tenantId: string): string => `tenant|${tenantId}`;

/** A place in time; what was committed a little before it may still be on its way. */
export const cursorNow = (): string => new Date().toISOString();
