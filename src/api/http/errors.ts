import type { ErrorRequestHandler, RequestHandler } from "express";
import { STATUS_CODES } from "node:http";
import { notesOf } from "#api/http/request-notes.ts";
import type { Log } from "#shared/runtime/log.ts";

/** The words of every refusal: `{"detail": "Unauthorized"}`. */
export const detailOf = (status: number): { readonly detail: string } => ({
  detail: STATUS_CODES[status] ?? "Error",
});

export const answerNotFound: RequestHandler = (_request, response) => {
  response.status(404).json(detailOf(404));
};

/** Another method than the path knows. */
export const answerNotAllowed =
  (allowed: string): RequestHandler =>
  (_request, response) => {
    response.status(405).set("Allow", allowed).json(detailOf(405));
  };

/** The one place where an error becomes an answer; nothing of it leaves but the status. */
export const createErrorAnswer =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const status = clientFault(error);
    const { id } = notesOf(request);
    if (status === undefined) log.error({ event: "request.failed", requestId: id, err: error });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.status(status ?? 500).json(detailOf(status ?? 500));
  };

/** The body reader and the router name the caller's faults by a 4xx status. */
function clientFault(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  const { status } = error;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}
