import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import { notesOf } from "#api/http/request-notes.ts";
import { describeProblem, Problem } from "#api/rest/problem.ts";
import { isDuplicate, isOutage } from "#shared/models/outage.ts";
import { isPasswordFlood } from "#shared/runtime/password.ts";
import type { Log } from "#shared/runtime/log.ts";

/** The one place where an error under /api/v1 becomes an answer; nothing of a surprise leaves. */
export const createProblemAnswer =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = toProblem(error);
    if (problem === undefined)
      log.error({ event: "rest.failed", requestId: notesOf(request).id, err: error });
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, problem ?? new Problem(500, unexpected));
  };

const unexpected = "It did not work; the log has the reason under the answer's X-Request-Id";

export function sendProblem(response: Response, problem: Problem): void {
  const { status, message, errors, headers } = problem;
  response.status(status).set(headers).type("application/problem+json");
  response.send(JSON.stringify(describeProblem(status, message, errors)));
}

export const answerNoRoute: RequestHandler = (_request, response) => {
  sendProblem(response, new Problem(404, "There is no such address: GET /openapi.json lists all"));
};

function toProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (isOutage(error))
    return new Problem(503, "The database did not answer: try again", {
      headers: { "Retry-After": "2" },
    });
  if (isPasswordFlood(error))
    return new Problem(503, "Too many people sign in at once: try again", {
      headers: { "Retry-After": "2" },
    });
  if (isDuplicate(error))
    return new Problem(409, "Somebody else wrote the same just now: read it and try again");
  return ofExpress(error);
}

/** The body reader and the router name the caller's faults by a 4xx status. */
function ofExpress(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  const { status } = error;
  if (typeof status !== "number" || status < 400 || status >= 500) return undefined;
  return new Problem(status, status === 413 ? "The body is too large" : "The request is malformed");
}
