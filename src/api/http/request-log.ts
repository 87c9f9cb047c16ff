import type { Request, RequestHandler, Response } from "express";
import { addressOf } from "#api/http/address.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { ApiMetrics } from "#api/ops/api-metrics.ts";
import type { Log } from "#shared/runtime/log.ts";

const clientLeft = 499;
const longestAgent = 200;

/** How a request calls itself; never more than a line takes. */
export const agentOf = (request: Request): string =>
  (request.get("user-agent") ?? "").slice(0, longestAgent);

interface Deps {
  readonly log: Log;
  readonly metrics: ApiMetrics;
}

/**
 * One line per webhook request. The route stands for the path: what a caller wrote into the path or
 * the query may be a secret.
 */
export function createRequestLog({ log, metrics }: Deps, route: string, provider: string) {
  const write = (request: Request, response: Response): void => {
    const { id, startedAt, channelIds, outcome, bytes } = notesOf(request);
    const status = response.writableFinished ? response.statusCode : clientLeft;
    const ms = performance.now() - startedAt;
    metrics.observeAccept(provider, status, ms / 1000);
    log.info({
      event: "webhook.request",
      method: request.method,
      route,
      status,
      ms: Math.round(ms * 10) / 10,
      bytes,
      address: addressOf(request),
      userAgent: agentOf(request),
      channelId: channelIds.join(","),
      outcome,
      requestId: id,
    });
  };
  const handler: RequestHandler = (request, response, next) => {
    response.set("X-Request-Id", notesOf(request).id);
    response.on("close", () => write(request, response));
    next();
  };
  return handler;
}
