/** What the provider took: the only witness of what customers see. */
export interface Taken {
  readonly place: number;
  readonly providerMessageId: string;
  readonly to: string;
  readonly text: string;
  readonly callback: string;
  readonly at: number;
  /** From then on listings show it. */
  readonly listedAt: number;
}

export type OnTaken = (taken: Taken) => void;

interface Listing {
  readonly to: string;
  readonly text: string;
  readonly since: number;
  readonly now: number;
}

export function createLedger(onTaken: OnTaken) {
  const entries: Taken[] = [];
  return {
    entries,
    take: (taken: Omit<Taken, "place" | "providerMessageId">): Taken => {
      const place = entries.length;
      const entry = { ...taken, place, providerMessageId: `p${place}` };
      entries.push(entry);
      onTaken(entry);
      return entry;
    },
    /** Ids of what a listing shows. */
    list: ({ to, text, since, now }: Listing): readonly string[] =>
      entries
        .filter((each) => each.to === to && each.text === text)
        .filter(({ at, listedAt }) => at >= since && listedAt <= now)
        .map(({ providerMessageId }) => providerMessageId),
  };
}

export type Ledger = ReturnType<typeof createLedger>;
