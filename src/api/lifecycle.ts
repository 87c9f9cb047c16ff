import type { RequestHandler, Response } from "express";

/** Whether this process still takes requests, and when it last had to send one away. */
export interface Lifecycle {
  readonly isStopping: boolean;
  readonly refusedAt: Date | undefined;
  noteRefused(now: Date): void;
  /** From now on every answer, also of a request under way, asks the caller to connect anew. */
  beginStop(): void;
  /** Requests that come meanwhile wait for its end: no caller leaves and comes back. */
  holdWhile(act: () => Promise<void>): Promise<void>;
  readonly follow: RequestHandler;
}

export function createLifecycle(): Lifecycle {
  const open = new Set<Response>();
  let isStopping = false;
  let refusedAt: Date | undefined;
  let held: (() => void)[] | undefined;
  return {
    get isStopping() {
      return isStopping;
    },
    get refusedAt() {
      return refusedAt;
    },
    noteRefused(now) {
      refusedAt = now;
    },
    beginStop() {
      isStopping = true;
      for (const response of open) askToLeave(response);
    },
    async holdWhile(act) {
      const waiting: (() => void)[] = [];
      held = waiting;
      try {
        await act();
      } finally {
        held = undefined;
        for (const next of waiting) next();
      }
    },
    follow(_request, response, next) {
      if (isStopping) askToLeave(response);
      open.add(response);
      response.on("close", () => open.delete(response));
      if (held === undefined) next();
      else held.push(next);
    },
  };
}

const askToLeave = (response: Response): void => {
  if (!response.headersSent) response.setHeader("Connection", "close");
};
