/** What a connection may hear of, in the words of its subscription. */
export const crmEventTypes = [
  "message.received",
  "message.sent",
  "contact.changed",
  "contact.tagged",
  "deal.created",
  "deal.moved",
  "conversation.takeover",
  "conversation.handback",
] as const;
export type CrmEventType = (typeof crmEventTypes)[number];

/** Something that happened in a conversation, as an outside system is told of it. */
export interface CrmEvent {
  readonly type: CrmEventType;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which events of a tenant an outside system wants. */
export interface Subscription {
  readonly connectionId: string;
  readonly events: readonly CrmEventType[];
}

export const httpMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** A call that a scenario waits for. */
export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, as it is sent: its keys may be none that a document can have. */
  readonly body?: string;
  /** Names of variables and where in the answer's JSON their values are. */
  readonly saveAs: Readonly<Record<string, string>>;
  /** Whether it goes again when nobody knows whether it arrived; a GET always does. */
  readonly repeat: "safe" | "never";
  /** The scenario waits no longer. */
  readonly timeoutMs: number;
}

/** One thing that an outside system is to get. */
export type CrmWork =
  | { readonly kind: "event"; readonly connectionId: string; readonly event: CrmEvent }
  | {
      readonly kind: "request";
      readonly request: HttpRequest;
      /** The session's wait that the answer ends. */
      readonly waitId: string;
      /** Nothing is tried after that, ISO 8601. */
      readonly until: string;
    };
