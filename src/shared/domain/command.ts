/** One thing to say to a peer, in words that every provider translates or refuses. */
export type Command =
  | TextCommand
  | ButtonsCommand
  | ListCommand
  | TemplateCommand
  | MediaCommand
  | LocationCommand
  | ContactsCommand
  | ReactionCommand
  | PollCommand
  | FormCommand
  | ReadCommand
  | TypingCommand;

export interface TextCommand {
  readonly type: "text";
  readonly text: string;
  readonly replyTo?: string;
}

export interface Button {
  readonly id: string;
  readonly title: string;
}

export interface ButtonsCommand {
  readonly type: "buttons";
  readonly text: string;
  readonly header?: string;
  readonly footer?: string;
  /** The label that opens the choices where there are too many for buttons. */
  readonly menu?: string;
  readonly buttons: readonly Button[];
}

export interface ListRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export interface ListCommand {
  readonly type: "list";
  readonly text: string;
  readonly header?: string;
  readonly footer?: string;
  /** The label that opens the list. */
  readonly button: string;
  readonly sections: readonly { readonly title?: string; readonly rows: readonly ListRow[] }[];
}

/** The only kind that WhatsApp takes outside its 24-hour window. */
export interface TemplateCommand {
  readonly type: "template";
  readonly name: string;
  readonly language: string;
  /** Texts for the body's {{1}}, {{2}} …. */
  readonly bodyTexts?: readonly string[];
  /** The same for a template whose variables have names. */
  readonly bodyValues?: Readonly<Record<string, string>>;
  readonly header?: TemplateHeader;
  /** What its buttons need, each by its place among them; the others need nothing. */
  readonly buttons?: readonly TemplateButton[];
}

/** What fills the variable at the head of a template. */
export type TemplateHeader =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "image" | "video" | "document";
      readonly link: string;
      readonly fileName?: string;
    };

export type TemplateButton = { readonly index: number } & (
  | { readonly type: "quick_reply"; readonly payload: string }
  /** The end of the button's address. */
  | { readonly type: "url"; readonly text: string }
  | { readonly type: "copy_code"; readonly code: string }
);

export interface MediaCommand {
  readonly type: "image" | "video" | "audio" | "document";
  /** Exactly one of the three is given. */
  readonly link?: string;
  /** A file of ours: right before the send it becomes one of the other two. */
  readonly mediaId?: string;
  /** The provider's own id of a file that was handed to it. */
  readonly providerMediaId?: string;
  readonly caption?: string;
  readonly fileName?: string;
}

export interface LocationCommand {
  readonly type: "location";
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** A card of an address book. */
export interface ContactCard {
  readonly name: string;
  /** With the country code, at least one. */
  readonly phones: readonly string[];
  readonly company?: string;
  readonly email?: string;
}

export interface ContactsCommand {
  readonly type: "contacts";
  readonly contacts: readonly ContactCard[];
}

export interface ReactionCommand {
  readonly type: "reaction";
  /** The provider's id of the message that is reacted to. */
  readonly messageId: string;
  /** Empty takes the reaction away. */
  readonly emoji: string;
}

export interface PollCommand {
  readonly type: "poll";
  readonly text: string;
  readonly options: readonly string[];
  /** Several options may be chosen. */
  readonly isMultiple?: boolean;
}

/** A form that the customer fills in inside WhatsApp; Meta calls it a flow. */
export interface FormCommand {
  readonly type: "form";
  readonly text: string;
  readonly header?: string;
  readonly footer?: string;
  /** The label that opens it. */
  readonly button: string;
  readonly flowId: string;
  /** Comes back with what was filled in. */
  readonly token?: string;
  /** The screen that opens, with what it shows. */
  readonly screen?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface ReadCommand {
  readonly type: "read";
  readonly messageId: string;
}

/** Shows the customer that somebody writes. */
export interface TypingCommand {
  readonly type: "typing";
  /** The customer's message that is being answered. */
  readonly messageId?: string;
}

/** Marks make no message: nothing of them is shown, and nothing is lost with one. */
export const isMark = ({ type }: Command): boolean => type === "read" || type === "typing";

/** Whether it says something to the customer: marks and reactions answer nobody. */
export const isSaying = (command: Command): boolean =>
  !isMark(command) && command.type !== "reaction";
