export interface Contact {
  readonly id: string;
  readonly name: string;
}

export type Contacts = ReturnType<typeof createContacts>;

/** Whoever has written to the account; nobody else can be written to. */
export function createContacts() {
  const known = new Map<string, Contact>();
  return {
    note: (contact: Contact): void => void known.set(contact.id, contact),
    find: (id: string): Contact | undefined => known.get(id),
  };
}
