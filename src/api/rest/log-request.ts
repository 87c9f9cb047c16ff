import type { RequestHandler } from "express";
import { addressOf } from "#api/http/address.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { Route } from "#api/rest/route.ts";
import type { Log } from "#shared/runtime/log.ts";

const clientLeft = 499;

/** One line per request. The route stands for the path, whose query may hold names and numbers. */
export const createRestLog =
  (log: Log, { id, method, path }: Pick<Route, "id" | "method" | "path">): RequestHandler =>
  (request, response, next) => {
    const { id: requestId, startedAt } = notesOf(request);
    response.on("close", () => {
      log.info({
        event: "rest.request",
        method: method.toUpperCase(),
        route: path,
        operation: id,
        status: response.writableFinished ? response.statusCode : clientLeft,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
        address: addressOf(request),
        requestId,
      });
    });
    next();
  };
