import type { Background } from "./background.ts";

interface Deps<Status> {
  readonly background: Background;
  readonly batchMs: number;
  readonly post: (statuses: readonly Status[]) => Promise<unknown>;
}

/** Receipts of the same few milliseconds share one webhook, as providers may batch them. */
export function gatherStatuses<Status>(deps: Deps<Status>): (status: Status) => void {
  const { background, batchMs, post } = deps;
  let waiting: Status[] = [];
  return (status) => {
    waiting.push(status);
    if (waiting.length > 1) return;
    background.run(async () => {
      await background.delay(batchMs);
      const batch = waiting;
      waiting = [];
      if (!background.signal.aborted) await post(batch);
    });
  };
}
