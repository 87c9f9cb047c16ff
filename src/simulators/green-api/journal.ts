export interface JournalEntry {
  readonly type: "incoming" | "outgoing";
  readonly idMessage: string;
  readonly timestamp: number;
  readonly typeMessage: string;
  readonly chatId: string;
  /** Outgoing only. */
  statusMessage?: string;
  /** What the type of the message brings. */
  readonly [field: string]: unknown;
}

export type Journal = ReturnType<typeof createJournal>;

/** The instance's history, newest first; entries show only after the journals' own delay. */
export function createJournal(deps: {
  readonly now: () => number;
  readonly delayMs: () => number;
}) {
  const all: { readonly entry: JournalEntry; readonly writtenAt: number }[] = [];
  const visible = (): JournalEntry[] =>
    all
      .filter(({ writtenAt }) => deps.now() - writtenAt >= deps.delayMs())
      .map(({ entry }) => entry)
      .toReversed();

  return {
    write: (entry: JournalEntry): void => void all.push({ entry, writtenAt: deps.now() }),

    ofChat: (chatId: string, count: number): JournalEntry[] =>
      visible()
        .filter((entry) => entry.chatId === chatId)
        .slice(0, count),

    last(type: JournalEntry["type"], minutes: number): JournalEntry[] {
      const oldest = deps.now() / 1000 - minutes * 60;
      return visible().filter((entry) => entry.type === type && entry.timestamp >= oldest);
    },

    find: (chatId: string, idMessage: string): JournalEntry | undefined =>
      visible().find((entry) => entry.chatId === chatId && entry.idMessage === idMessage),
  };
}
