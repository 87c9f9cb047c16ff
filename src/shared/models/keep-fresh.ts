import type { Log } from "#shared/runtime/log.ts";

const refreshMs = 1000;
/** Clocks of two processes may differ; what changed a little earlier is read again. */
const overlapMs = 10_000;

interface Fresh<Item> {
  readonly listChangedSince: (since: Date) => Promise<readonly Item[]>;
  readonly keep: (changed: readonly Item[]) => void;
  /** Told, at the level debug, when MongoDB did not answer. */
  readonly staleEvent: string;
  readonly log: Log;
}

/** Holds what rarely changes in memory: read whole at the start, then each second what has changed. */
export function keepFresh<Item>({ listChangedSince, keep, staleEvent, log }: Fresh<Item>) {
  let seenUntil = new Date(0);
  let timer: NodeJS.Timeout | undefined;

  const refresh = async (): Promise<void> => {
    const from = new Date(Math.max(0, seenUntil.getTime() - overlapMs));
    const startedAt = new Date();
    keep(await listChangedSince(from));
    seenUntil = startedAt;
  };
  return {
    refresh,
    start: async () => {
      await refresh();
      timer = setInterval(() => {
        refresh().catch((error: unknown) => log.debug({ event: staleEvent, err: error }));
      }, refreshMs);
    },
    stop: () => clearInterval(timer),
  };
}
