import type { Groups } from "./cpu-groups.ts";
import type { Flags } from "./flags.ts";
import type { OurProcess, Role } from "./our-process.ts";

/** What all measures share. */
export interface Bench {
  readonly flags: Flags;
  readonly redisUrl: string;
  readonly mongodbUri: string;
  readonly servers: Groups;
  /** Where logs, profiles and results go. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Keeps how soon a process was ready and how much memory it had at most. */
  readonly note: (process: OurProcess) => void;
}

/** Figures of every process that was started, by role. */
interface Notes {
  readonly readyMs: Map<number, number>;
  readonly peakMb: Map<number, number>;
}

export function createNotes() {
  const seen: Record<Role, Notes> = {
    api: { readyMs: new Map(), peakMb: new Map() },
    workers: { readyMs: new Map(), peakMb: new Map() },
  };
  const note = ({ role, pid, readyMs, peakMb }: OurProcess): void => {
    seen[role].readyMs.set(pid, readyMs);
    seen[role].peakMb.set(pid, Math.max(seen[role].peakMb.get(pid) ?? 0, peakMb()));
  };
  return { seen, note };
}
