import type { Readable } from "node:stream";
import type { Command, MediaCommand } from "#shared/domain/command.ts";
import type { Media, Normalized } from "#shared/domain/event.ts";
import type { Finding } from "#shared/domain/finding.ts";
import type { Rank, Reconciled, SendOutcome } from "#shared/domain/outcome.ts";
import type { Http } from "#shared/providers/http.ts";
import type { ParsedBody } from "#shared/providers/parse-body.ts";

/** Request headers in lower case; a header that came twice is joined with ", ". */
export type Headers = Readonly<Record<string, string>>;

/** One account at the provider, ready for calls. */
export interface Account {
  /** phone_number_id, idInstance … */
  readonly externalId: string;
  readonly apiUrl: string;
  readonly token: string;
  /** True where a user set `apiUrl`: it then goes through the guarded client. */
  readonly guarded: boolean;
}

/** What a quick, never throwing look at a parsed body finds: one part per account named in it. */
export interface PeekedPart {
  /** The provider's own name of the account; absent where the body does not say. */
  readonly account?: string;
  /** What owns accounts, where the body speaks of it alone: all of its channels are meant. */
  readonly business?: string;
  /** `peerOf` of every event that belongs to a conversation, each once. */
  readonly peers: readonly string[];
  /** True when the part has receipts, account events or anything whose conversation the body does not name. */
  readonly receipts: boolean;
}

export interface SendCall {
  readonly http: Http;
  readonly account: Account;
  /** chatId of the peer as the provider gave it. */
  readonly to: string;
  readonly command: Command;
  /** Carried back by receipts where the provider can; up to its first `~` the same in every attempt. */
  readonly callback: string;
  readonly signal: AbortSignal;
}

/** The question about one attempt whose outcome stayed unknown. */
export interface ReconcileCall {
  readonly http: Http;
  readonly account: Account;
  readonly to: string;
  readonly command: Command;
  /** What the attempt gave to be carried back. */
  readonly callback: string;
  /** When the attempt was claimed, in ms: nothing older can be it. */
  readonly since: number;
  /** How long ago that was, by the lane's clock, whenever it is asked. */
  readonly ageMs: () => number;
  /** True when this provider message id already belongs to another send of ours. */
  readonly isTaken: (providerMessageId: string) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Whether the account takes our token. `unreached` says nothing of it. */
export type Checked = (
  | { readonly state: "ok" }
  | { readonly state: "refused"; readonly reason: string; readonly advice: string }
  | { readonly state: "unreached"; readonly reason: string }
) & {
  /** The provider's own word on the account, where it has one: `authorized`. */
  readonly accountState?: string;
};

/** The doctor's question: what the provider itself says of the account. */
export interface ExamineCall extends Pick<SendCall, "http" | "account" | "signal"> {
  readonly now: Date;
  /** WhatsApp's business account, where it is known. */
  readonly businessId?: string;
  /** How its webhooks should be set up there. */
  readonly wanted: WantedSettings;
}

/** What a channel may say of how it is polled; a provider reads what concerns it. */
export interface PollSettings {
  /** Where to look, the first that answers. */
  readonly paths?: readonly string[] | undefined;
  /** The header that carries the token. */
  readonly header?: string | undefined;
  /** Where the messages stand in the answer: `data.messages`. */
  readonly items?: string | undefined;
}

export interface PollCall extends Pick<SendCall, "http" | "account" | "signal"> {
  readonly settings: PollSettings;
  /** What `receive` gave last, for its own use; kept once the body that came with it is in the journal. */
  readonly cursor: string | undefined;
  /** How long the provider may keep the question open. */
  readonly waitMs: number;
  /** The time, in ms. */
  readonly now: number;
}

/** What one look at the provider gave. */
export type Polled =
  | {
      readonly kind: "received";
      /** What a webhook would have brought; of several messages one body. */
      readonly raw: Buffer;
      readonly cursor?: string | undefined;
      /** What `acknowledge` is told. */
      readonly receipt?: string | undefined;
      /** More may wait: the next look follows at once. */
      readonly hasMore: boolean;
    }
  | { readonly kind: "nothing"; readonly cursor?: string | undefined }
  /** Asking again soon does not help: a person has to do something. */
  | { readonly kind: "refused"; readonly reason: string; readonly advice: string }
  | { readonly kind: "unreached"; readonly reason: string; readonly retryAfterMs?: number };

/**
 * Messages are fetched where the provider does not post them. One look at a time and channel; the
 * same body may be fetched again after a crash, and is then known by its bytes and its messages' ids.
 */
export interface Polling {
  /** Between two looks that found nothing, where the channel says nothing; 0 where the provider keeps the question open. */
  readonly everyMs: number;
  /** One look. Resolves to an answer whatever the provider does; aborts with `signal`. */
  receive(call: PollCall): Promise<Polled>;
  /** Lets the provider forget a body, which is in the journal by now. False: it will give it again. */
  acknowledge?(call: PollCall, receipt: string): Promise<boolean>;
}

/** The question for what the provider itself has written down. */
export interface HistoryCall extends Pick<SendCall, "http" | "account" | "signal"> {
  /** Nothing older is wanted, in ms. */
  readonly since: number;
  /** The time, in ms. */
  readonly now: number;
}

/** A message whose text the provider has approved. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  /** The provider's words: APPROVED, PENDING, REJECTED …; MARKETING, UTILITY … */
  readonly status?: string | undefined;
  readonly category?: string | undefined;
  /** As the provider has them. */
  readonly components: readonly Readonly<Record<string, unknown>>[];
}

export interface TemplateList {
  readonly items: readonly Template[];
  /** Where the next page begins; absent at the end. */
  readonly after?: string | undefined;
}

export interface TemplateCall extends Pick<SendCall, "http" | "account" | "signal"> {
  /** The account that owns the templates; WhatsApp's business account. */
  readonly businessId: string;
}

/** What the provider answered to a question of a person's. */
export type Answer<Done> =
  | { readonly state: "ok"; readonly done: Done }
  | Exclude<Checked, { readonly state: "ok" }>;

/** Templates live at the provider: nothing of them is kept here. */
export interface Templates {
  list(
    call: TemplateCall,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<Answer<TemplateList>>;
  create(
    call: TemplateCall,
    template: Readonly<Record<string, unknown>>,
  ): Promise<Answer<Pick<Template, "id" | "status" | "category">>>;
  /** In all its languages. */
  remove(call: TemplateCall, name: string): Promise<Answer<object>>;
}

/** What a code in a receipt asks for. */
export interface Advice {
  /** The same message may be sent anew. */
  readonly retryable: boolean;
  readonly advice: string;
  /** Whom to slow down before that, and for how long. */
  readonly slowDown?: { readonly scope: "channel" | "pair"; readonly ms: number };
  /** The account itself is refused: what follows would fail as well. */
  readonly isAccount?: boolean;
}

export type DeviceCall = Pick<SendCall, "http" | "account" | "signal">;

/** How the account's own settings at the provider should be. */
export interface WantedSettings {
  /** Our webhook address as it would be written, empty for a polled channel; absent where nobody told it. */
  readonly url: string | undefined;
  /** The last part of it. */
  readonly path: string;
  /** Whether an address leads to us. */
  readonly isOurs: (url: string) => boolean;
  readonly secret: string | undefined;
}

export interface SettingFault {
  readonly name: string;
  readonly is: string;
  readonly should: string;
}

/** The phone behind an account, where the provider drives one. Nothing here is ever done by itself. */
export interface Device {
  /** In the provider's word; null while it is being made. */
  readState(call: DeviceCall): Promise<Answer<{ readonly state: string | null }>>;
  /** What links the phone: `content` of a `code` is a picture in Base64. */
  showCode(call: DeviceCall): Promise<
    Answer<{
      readonly kind: "code" | "linked" | "fault";
      readonly content: string | undefined;
    }>
  >;
  reboot(call: DeviceCall): Promise<Answer<object>>;
  /** Forgets what waits there to be sent, of all chats. */
  clearQueue(call: DeviceCall): Promise<Answer<object>>;
  checkSettings(call: DeviceCall, wanted: WantedSettings): Promise<Answer<readonly SettingFault[]>>;
  /** Writes the differences, if there are any, and answers them. */
  applySettings(call: DeviceCall, wanted: WantedSettings): Promise<Answer<readonly SettingFault[]>>;
}

/** What a provider knows of a customer besides the messages. */
export interface FoundContact {
  readonly name?: string;
}

export interface SubscribeCall extends Pick<SendCall, "http" | "account" | "signal"> {
  /** Where the provider shall post. */
  readonly url: string;
  /** It shall ask for contacts and deals to be made, too. */
  readonly answersCrm: boolean;
}

/** The file of a customer's message, about to be fetched. */
export interface LocateCall extends Pick<SendCall, "http" | "account" | "signal"> {
  readonly media: Media;
  readonly chatId: string;
  readonly messageId?: string;
  /** The address that was given last is gone: a fresh one is wanted. */
  readonly isGone: boolean;
}

/** Where the file lies for the next minutes. */
export type Located =
  | {
      readonly url: string;
      /** Go with the request, but to no other origin. */
      readonly headers?: Headers;
      /** What the bytes must be, in hexadecimal or Base64. */
      readonly sha256?: string;
      readonly size?: number;
    }
  /** Not to be had now; it is asked again later. */
  | { readonly missing: string };

/** A file of ours on its way out. */
export interface UploadCall extends Pick<SendCall, "http" | "account" | "signal"> {
  /** As what it will be sent. */
  readonly type: MediaCommand["type"];
  readonly name: string;
  readonly mimeType: string;
  readonly size: number;
  readonly open: () => Readable;
}

/** What a command names the file by, and for how long. Nothing was sent, whatever the answer. */
export type Uploaded =
  | {
      readonly kind: "uploaded";
      readonly as: { readonly providerMediaId: string } | { readonly link: string };
      readonly livesMs: number;
    }
  | Exclude<SendOutcome, { readonly kind: "sent" | "unknown" }>;

/**
 * Files, where the provider treats them in a way of its own. Without it a file of a message is fetched
 * from the `url` that `normalize` found, and a file of ours goes out as a link to us.
 */
export interface MediaHandling {
  locate?(call: LocateCall): Promise<Located>;
  upload?(call: UploadCall): Promise<Uploaded>;
}

/** Lines of the log that the users' own documents promise. `showContent`: numbers and texts may stand there. */
export interface Words {
  /** At the start of the API, where the provider has a channel. */
  readonly ready?: string;
  /** When a worker begins to poll. */
  readonly polling?: string;
  /** A body that was stored. */
  received?(of: { at: Date; body: unknown; showContent: boolean }): string;
  /** A message that was handled; undefined: the plain line does. */
  applied(of: {
    messageId: string | undefined;
    peer: string;
    name: string | undefined;
    phone: string | undefined;
    type: string | undefined;
    text: string | undefined;
    showContent: boolean;
  }): string | undefined;
}

export interface Handshake {
  readonly status: number;
  readonly type: "text" | "json";
  readonly body: string;
}

/**
 * A messaging provider: pure translators and HTTP. It knows no database, queue or clock.
 * `authorize`, `parse`, `peek`, `normalize` never throw on any input.
 */
export interface Provider {
  readonly name: string;
  /** hold window and pace where the channel's settings say nothing. */
  readonly defaults: {
    readonly holdMs: number;
    /** Free-form messages are taken this long after the customer's last one. */
    readonly windowMs?: number;
    readonly perSecond: number;
    readonly pair?: { readonly intervalMs: number; readonly burst: number };
    /** `absent` from `reconcile` is evidence only this long after the attempt: listings lag. */
    readonly absentAfterMs?: number;
  };
  /** One webhook address serves all channels of an account, and receipts name none of them. */
  readonly isAccountWide?: true;
  /** `ask`: `reconcile` tells both ways. `receipts`: only positive evidence comes, by receipts. */
  readonly evidence: "ask" | "receipts" | "none";
  /** True when the request proves one of the secrets; constant time, over the raw bytes. */
  authorize(
    request: { raw: Buffer; headers: Headers; query?: Headers },
    secrets: readonly string[],
  ): boolean;
  /** Reads bodies that are not plain JSON; absent: `parseBody`. */
  parse?(raw: Buffer, headers: Headers): ParsedBody;
  /** At least one part for any body, so that nothing is stored without a key. */
  peek(body: unknown, headers: Headers): readonly PeekedPart[];
  normalize(body: unknown, headers: Headers): Normalized;
  /** Where its documents refuse a body: what the body lacks, by field. Never throws. */
  findFaults?(body: unknown): Readonly<Record<string, string>> | undefined;
  /** The contact or deal that a body asks for, as the provider expects it in the answer. Never throws. */
  buildEntity?(body: unknown, channelId: string): object | undefined;
  /** The provider's status word on our scale. */
  rankOf(status: string): Rank | "failed" | undefined;
  /** What to do with an account state: pause sending, resume it, call a person, or nothing. */
  accountEffect(state: string): "pause" | "resume" | "alert" | undefined;
  /** Refusals of a send that tell of the account's state: a `resume` ends the pause that they caused. */
  readonly stateCodes?: readonly string[];
  /** One attempt. Resolves to an outcome for whatever the provider answers; aborts with `signal`. */
  send(call: SendCall): Promise<SendOutcome>;
  /** A command that needs several messages, as commands of one message each: every one is a send of its own. */
  split?(command: Command): readonly Command[];
  /** What becomes of a command for which it has no form of its own; undefined: it goes out as it is. */
  review?(command: Command): string | undefined;
  /** What a person can do about an error code that arrives in a receipt. */
  advise(code: number | string): Advice;
  reconcile?(call: ReconcileCall): Promise<Reconciled>;
  /** Asks for the account without changing anything: a wrong token shows when the channel is saved. */
  check?(call: Pick<SendCall, "http" | "account" | "signal">): Promise<Checked>;
  /** Asks who a customer is whose messages name nobody; `to` is the peer. */
  findContact?(
    call: Pick<SendCall, "http" | "account" | "signal" | "to">,
  ): Promise<Answer<FoundContact>>;
  /** Sets the account's webhook address, in the place of any other. */
  subscribe?(call: SubscribeCall): Promise<Checked>;
  /** Looks at the account and changes nothing; resolves whatever the provider answers. */
  examine?(call: ExamineCall): Promise<readonly Finding[]>;
  /** In the place of our own words, where documents promise others. */
  readonly words?: Words;
  /** Where messages can be fetched. */
  readonly poll?: Polling;
  /** What customers wrote since then, each as a webhook would have brought it, the oldest first; where the provider can be asked. */
  readonly history?: (call: HistoryCall) => Promise<Answer<readonly Buffer[]>>;
  /** Where the provider has them. */
  readonly templates?: Templates;
  readonly media?: MediaHandling;
  readonly device?: Device;
  /** Answers a GET on the webhook address. */
  handshake(query: Readonly<Record<string, string>>, verifyTokens: readonly string[]): Handshake;
}

/** Keeps a provider's literal type while checking it against the contract. */
export const defineProvider = (provider: Provider): Provider => provider;
