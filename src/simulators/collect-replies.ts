import type { Ledger, LedgerEntry } from "./ledger.ts";

interface Wanted {
  readonly ledger: Ledger;
  readonly to: string;
  readonly after: number;
  readonly waitMs: number;
}

/** A bot often answers in several bubbles, Chatrace's 600 ms apart: this much silence ends the answer. */
const quietMs = 1000;

/** The entries to one customer after a place: complete after a quiet moment, or at `waitMs`. */
export function collectReplies({ ledger, to, after, waitMs }: Wanted): Promise<LedgerEntry[]> {
  const arrived = (): LedgerEntry[] => ledger.entries({ after, to });
  return new Promise((resolve) => {
    let seen = 0;
    let quiet: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(limit);
      clearTimeout(quiet);
      forget();
      resolve(arrived());
    };
    const look = (): void => {
      if (arrived().length === seen) return;
      seen = arrived().length;
      clearTimeout(quiet);
      quiet = setTimeout(finish, quietMs);
    };
    const limit = setTimeout(finish, waitMs);
    const forget = ledger.onAccept(look);
    look();
  });
}
