import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Lifecycle } from "#api/lifecycle.ts";
import { within } from "#api/within.ts";
import type { Processes } from "#shared/models/processes.ts";
import type { Log } from "#shared/runtime/log.ts";

interface Deps {
  readonly processes: Processes;
  readonly lifecycle: Lifecycle;
  readonly log: Log;
  readonly everyMs: number;
}

const endMs = 2000;

/**
 * Tells that this process lives and when it last sent a request away: while one did not listen, the
 * silence of receipts means nothing. Resolves after the first beat.
 */
export async function startHeartbeat({ processes, lifecycle, log, everyMs }: Deps) {
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const startedAt = new Date();
  let isBeating = false;
  const beat = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    try {
      await processes.beat(id, startedAt, new Date(), lifecycle.refusedAt);
    } finally {
      isBeating = false;
    }
  };
  await beat();
  const timer = setInterval(() => {
    beat().catch((error: unknown) => log.debug({ event: "heartbeat.failed", err: error }));
  }, everyMs);
  return {
    end: async () => {
      clearInterval(timer);
      await within("the process's record", endMs, async () => {
        await processes.beat(id, startedAt, new Date(), lifecycle.refusedAt);
        await processes.end(id, new Date());
      });
    },
  };
}
