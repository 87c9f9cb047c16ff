import type { ErrorRequestHandler, Response } from "express";

/** A provider's refusal: JSON, a text of the proxy before it, or nothing at all. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: object | string = "",
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Answers what was thrown; `refuseBody` is for a body that is not JSON. */
export const answerRefusals =
  (refuseBody: (message: string) => Refusal): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (error instanceof Refusal) answer(response, error);
    else if (error instanceof SyntaxError) answer(response, refuseBody(error.message));
    else next(error);
  };

function answer(response: Response, { status, body, headers }: Refusal): void {
  const isText = typeof body === "string";
  const type = isText ? "text/html" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
