export interface Contact {
  readonly id: string;
  readonly name: string;
}

export type Contacts = ReturnType<typeof createContacts>;

/** Whoever has written to the account; nobody else can be written to. */
export function createContacts() {
  const known = new Map<string, Contact>();
  const asked = new Map<string, number>();
  return {
    note: (contact: Contact): void => void known.set(contact.id, contact),
    find: (id: string): Contact | undefined => known.get(id),
    /** The account's owner wants to know who it is. */
    show: (id: string): Contact | undefined => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return known.get(id);
    },
    askedFor: (id: string): number => asked.get(id) ?? 0,
  };
}
