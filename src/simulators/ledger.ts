import { createHash } from "node:crypto";
import { createLedgerFile } from "./ledger-file.ts";

/** What the caller saw of an accepted send. */
export type Outcome = "answered" | "dropped" | "failed5xx" | "hung";

export interface LedgerButton {
  readonly id: string;
  readonly title: string;
}

/** One accepted send. Entries are never changed and never removed. */
export interface LedgerEntry {
  /** Place in the ledger, from 1. */
  readonly n: number;
  /** The provider's message id. */
  readonly id: string;
  readonly at: string;
  /** phone_number_id or idInstance that sent. */
  readonly account: string;
  readonly correlationId: string | null;
  readonly to: string;
  readonly type: string;
  readonly text: string;
  readonly textHash: string;
  readonly buttons: readonly LedgerButton[];
  readonly outcome: Outcome;
  /** Where its file can be fetched. */
  readonly link?: string;
}

export type Accepted = Omit<LedgerEntry, "n" | "at" | "textHash">;
type Listener = (entry: LedgerEntry) => void;
export type Ledger = ReturnType<typeof createLedger>;

/** Of the youngest messages: a page shows no more. */
const mostStatuses = 500;

export function createLedger(options: { readonly file?: string | undefined } = {}) {
  const all: LedgerEntry[] = [];
  const listeners = new Set<Listener>();
  const reported = new Map<string, string>();
  const file = options.file === undefined ? undefined : createLedgerFile(options.file);

  const onAccept = (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    /** Resolves once the entry is in the file, where there is one. */
    async accept(accepted: Accepted): Promise<LedgerEntry> {
      const at = new Date().toISOString();
      const entry = { n: all.length + 1, at, textHash: hashText(accepted.text), ...accepted };
      all.push(entry);
      for (const listener of listeners) listener(entry);
      await file?.append(entry);
      return entry;
    },

    entries: (filter: { readonly after?: number; readonly to?: string } = {}): LedgerEntry[] =>
      all.slice(filter.after ?? 0).filter(({ to }) => isSamePeer(to, filter.to)),

    get size(): number {
      return all.length;
    },

    /** A receipt left for the message. */
    report: (id: string, status: string): void => void reported.set(id, status),

    /** The last receipt of each message to a peer, by the message's id. */
    statuses: (to?: string): Readonly<Record<string, string>> =>
      Object.fromEntries(
        all
          .slice(-mostStatuses)
          .filter((entry) => isSamePeer(entry.to, to))
          .flatMap(({ id }) => [[id, reported.get(id)] as const])
          .flatMap(([id, status]) => (status === undefined ? [] : [[id, status]])),
      ),

    onAccept,

    /** Waits for so many entries, or for one that fits; resolves with all that count or fit. */
    waitFor: (wanted: number | ((entry: LedgerEntry) => boolean), timeoutMs = 5000) =>
      waitForEntries({ all, onAccept, wanted, timeoutMs }),
  };
}

export function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** "447700900123" names the peer "447700900123@c.us" too. */
function isSamePeer(to: string, wanted: string | undefined): boolean {
  return wanted === undefined || to === wanted || to.startsWith(`${wanted}@`);
}

interface Waiting {
  readonly all: readonly LedgerEntry[];
  readonly onAccept: (listener: Listener) => () => void;
  readonly wanted: number | ((entry: LedgerEntry) => boolean);
  readonly timeoutMs: number;
}

function waitForEntries({ all, onAccept, wanted, timeoutMs }: Waiting): Promise<LedgerEntry[]> {
  const counts = typeof wanted === "number" ? (): boolean => true : wanted;
  const least = typeof wanted === "number" ? wanted : 1;
  const found = all.filter((entry) => counts(entry));
  if (found.length >= least) return Promise.resolve(found);

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      forget();
      reject(new Error(`${all.length} accepted in ${timeoutMs} ms, not what was waited for`));
    }, timeoutMs);
    const forget = onAccept((entry) => {
      if (counts(entry)) found.push(entry);
      if (found.length < least) return;
      clearTimeout(timer);
      forget();
      resolve(found);
    });
  });
}
