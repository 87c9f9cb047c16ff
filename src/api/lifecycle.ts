import type { RequestHandler, Response } from "express";

/** Whether this process still takes requests, and when it last had to send one away. */
export interface Lifecycle {
  readonly isStopping: boolean;
  readonly refusedAt: Date | undefined;
  /** How many requests wait for their answer. */
  readonly underWay: number;
  noteRefused(now: Date): void;
  /** From now on every answer, also of a request under way, asks the caller to connect anew. */
  beginStop(): void;
  readonly follow: RequestHandler;
}

export function createLifecycle(): Lifecycle {
  const open = new Set<Response>();
  let isStopping = false;
  let refusedAt: Date | undefined;
  return {
    get isStopping() {
      return isStopping;
    },
    get refusedAt() {
      return refusedAt;
    },
    get underWay() {
      return open.size;
    },
    noteRefused(now) {
      refusedAt = now;
    },
    beginStop() {
      isStopping = true;
      for (const response of open) askToLeave(response);
    },
    follow(_request, response, next) {
      if (isStopping) askToLeave(response);
      open.add(response);
      response.on("close", () => open.delete(response));
      next();
    },
  };
}

const askToLeave = (response: Response): void => {
  if (!response.headersSent) response.setHeader("Connection", "close");
};
