/** One thing to say to a peer, in words that every provider translates or refuses. */
export type Command =
  | TextCommand
  | ButtonsCommand
  | ListCommand
  | TemplateCommand
  | MediaCommand
  | ReadCommand;

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
}

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

export interface ReadCommand {
  readonly type: "read";
  readonly messageId: string;
}
