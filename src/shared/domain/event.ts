/** One thing in a webhook after normalisation. Plain JSON: what is absent is left out. */
export type Event =
  | MessageEvent
  | StatusEvent
  | AccountStateEvent
  | CallEvent
  | ContactEvent
  | CrmRequestEvent
  | ProviderErrorEvent;

export type MessageType =
  | "text"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "sticker"
  | "location"
  | "contacts"
  | "reaction"
  | "edit"
  | "delete"
  | "button_reply"
  | "list_reply"
  | "form_reply"
  | "order"
  | "poll"
  | "poll_update"
  | "comment"
  | "story_mention"
  | "system"
  | "call"
  | "provider_error"
  | "unsupported";

export interface Media {
  readonly id?: string;
  readonly url?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  readonly size?: number;
  readonly sha256?: string;
}

/** A place that somebody shows. */
export interface SharedLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** A card of an address book that somebody hands on. */
export interface SharedContact {
  readonly name?: string;
  /** As they stand on the card. */
  readonly phones: readonly string[];
  readonly company?: string;
  readonly email?: string;
}

/** The ad or post from which a customer began to write. */
export interface Referral {
  /** The provider's word: `ad`, `post` … */
  readonly source?: string;
  /** The provider's id of the ad. */
  readonly id?: string;
  readonly url?: string;
  readonly headline?: string;
}

/** What every event may carry. Ids stay strings as the provider gives them, never trimmed. */
interface Origin {
  /** The provider's id of the message that the event is or speaks of. */
  readonly messageId?: string;
  readonly chatId?: string;
  readonly senderId?: string;
  /** The provider's own name of the account (phone_number_id, idInstance), where the body has it. */
  readonly channelId?: string;
  /** Provider time, ISO 8601. */
  readonly at?: string;
}

export interface MessageEvent extends Origin {
  readonly kind: "message";
  readonly direction: "in" | "out";
  readonly type: MessageType;
  /** Of an outgoing message: who sent it; `app` is the provider's own window for operators. */
  readonly origin?: "phone" | "app" | "api" | "bot";
  /** The text, or the caption of media. */
  readonly text?: string;
  readonly media?: Media;
  /** What a message of the type `location` or `contacts` shows, where the body tells it. */
  readonly location?: SharedLocation;
  readonly contacts?: readonly SharedContact[];
  /** The pressed button's or row's id. */
  readonly payload?: string;
  /** The provider's id of the message that this one answers, edits, deletes or reacts to. */
  readonly replyTo?: string;
  /** The contact's own name and phone (digits), where the body has them. */
  readonly name?: string;
  readonly username?: string;
  readonly phone?: string;
  readonly referral?: Referral;
  /** Every identity that the body gives the peer of a personal chat, the preferred one first. */
  readonly identities?: readonly string[];
  /** Where answers go from now on, when that is not the chat that it names. */
  readonly address?: string;
  readonly errorCode?: number | string;
  /** Kept for the chat alone, because it is old or somebody else answers it. */
  readonly isOnlyKept?: boolean;
  /** True where nobody but us vouches for the sender (the manual entry). */
  readonly unverified?: boolean;
}

export interface StatusEvent extends Origin {
  readonly kind: "status";
  /** The provider's own word; `rankOf` in the provider maps it. */
  readonly status: string;
  readonly errorCode?: number | string;
  readonly reason?: string;
  readonly retryable?: boolean;
  /** What we gave the provider to carry back with each receipt. */
  readonly callback?: string;
}

export interface AccountStateEvent extends Origin {
  readonly kind: "account_state";
  readonly state?: string;
  /** The business that owns the account, where the body names no account. */
  readonly businessId?: string;
  /** The account's number in digits, where the body names it so. */
  readonly phone?: string;
  /** What of the account it is about: a template. */
  readonly about?: string;
  readonly reason?: string;
}

export interface CallEvent extends Origin {
  readonly kind: "call";
  readonly status: string;
}

export interface ContactEvent extends Origin {
  readonly kind: "contact";
  readonly name?: string;
}

export interface CrmRequestEvent extends Origin {
  readonly kind: "crm_request";
}

export interface ProviderErrorEvent extends Origin {
  readonly kind: "provider_error";
  readonly errorCode?: number | string;
  readonly reason?: string;
}

/** What a webhook body became. */
export type Normalized =
  | { readonly events: readonly Event[] }
  | { readonly ignored: string }
  | { readonly invalid: { readonly errors: Readonly<Record<string, string>> } };
