/** A person as one channel knows them; phone, username and e-mail are attributes, not the identity. */
export interface Contact {
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  /** Absent where no channel brought the contact: by hand or from a file. */
  readonly channelId?: string;
  readonly name?: string;
  readonly phone?: string;
  readonly username?: string;
  readonly email?: string;
  readonly tags?: readonly string[];
  /** As they were written; `fitField` reads them by their definitions. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Turns applied, by conversation. */
  readonly versions?: Readonly<Record<string, number>>;
  /** The same person under another identity: read as one with it. */
  readonly mergedInto?: string;
  readonly mergedAt?: Date;
  readonly mergedBy?: string;
  /** When the provider was asked who it is. */
  readonly lookedUpAt?: Date;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** Tags given and taken; each stands in one of the two. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const longestTag = 100;

/** A tag as it is stored: one line, no space around it, not longer than a chip on a screen. */
export const cleanTag = (tag: string): string =>
  Array.from(tag.toWellFormed().replaceAll(/\s+/g, " ").trim())
    .slice(0, longestTag)
    .join("")
    .trim();

/** What several changes come to: the last word on each tag counts. */
export function sumTags(
  changes: readonly { readonly tag: string; readonly remove?: true }[],
): TagChange | undefined {
  const isGiven = new Map(changes.map(({ tag, remove }) => [cleanTag(tag), remove === undefined]));
  isGiven.delete("");
  if (isGiven.size === 0) return undefined;
  const tags = [...isGiven.keys()];
  return {
    add: tags.filter((tag) => isGiven.get(tag) === true),
    remove: tags.filter((tag) => isGiven.get(tag) === false),
  };
}

/** The name of a field as the key of a document. */
export const fieldKey = (name: string): string => name.trim().replaceAll(/[.$\0]/g, "_");

/** Merged identities as one contact: what the first lacks comes from the others, in their order. */
export function joinContacts(first: Contact, others: readonly Contact[]): Contact {
  const joined = others.reduce<Contact>((sum, other) => ({ ...unmerged(other), ...sum }), first);
  const all = [first, ...others];
  return {
    ...joined,
    tags: [...new Set(all.flatMap(({ tags }) => tags ?? []))],
    fields: Object.assign({}, ...all.map(({ fields }) => fields ?? {}).toReversed()),
  };
}

/** The document without its pointer. */
function unmerged(contact: Contact): Contact {
  const { mergedInto: _, mergedAt: __, mergedBy: ___, ...own } = contact;
  return own;
}
