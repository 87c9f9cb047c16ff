/** One message of a customer as the account's list shows it. */
export interface Listed {
  readonly id: string;
  readonly sender: { readonly id: string; readonly username: string };
  readonly text: string;
  readonly attachment_url: string;
  readonly attachment_type: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

export type Inbox = ReturnType<typeof createInbox>;

const mostShown = 100;

/** Everything that customers wrote, in order. */
export function createInbox() {
  const all: Listed[] = [];
  let asked = 0;
  let read = 0;
  return {
    add: (message: Listed): void => void all.push(message),
    /** How often somebody looked. */
    get asked(): number {
      return asked;
    },
    /** What nobody has asked beyond yet. */
    get unread(): number {
      return all.length - read;
    },
    showLast(): { messages: Listed[] } {
      asked += 1;
      return { messages: all.slice(-mostShown).toReversed() };
    },
    showAfter(cursor: number): { messages: Listed[]; next_cursor: string } {
      asked += 1;
      read = Math.max(read, Math.min(cursor, all.length));
      const messages = all.slice(cursor, cursor + mostShown);
      return { messages, next_cursor: String(cursor + messages.length) };
    },
  };
}
