import type { Response } from "express";

/** A refusal as Green API answers it: JSON, or a text of the proxy before it. */
export class GreenError extends Error {
  readonly status: number;
  readonly body: object | string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: object | string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

// https://green-api.com/en/docs/api/common-errors
export const refuseToken = () => new GreenError(401, { message: "Unauthorized" });
export const refuseInstance = () => new GreenError(403, "Forbidden");
export const refuseMethod = () => new GreenError(404, { message: "Not Found" });
export const refuse400 = (message: string) => new GreenError(400, { message });

export function refuseRate(retryAfterSeconds: number | null): GreenError {
  const headers = retryAfterSeconds === null ? {} : { "retry-after": String(retryAfterSeconds) };
  return new GreenError(429, "Too Many Requests", headers);
}

export function refuseServer(status: number): GreenError {
  if (status === 500) return new GreenError(500, { message: "Internal Server Error" });
  const title = status === 502 ? "502 Bad Gateway" : "503 Service Temporarily Unavailable";
  return new GreenError(status, `<html><body>${title}</body></html>`);
}

/** https://green-api.com/en/docs/api/466-error-example-body: the body says QUOTE, the webhook QUOTA. */
export function refuseQuota(method: string, chatId: string): GreenError {
  return new GreenError(466, {
    invokeStatus: { method: method.toLowerCase(), used: 67, total: 0, status: "QUOTE_ALLOWED" },
    correspondentsStatus: {
      method: "correspondents",
      used: 3,
      total: 3,
      status: "CORRESPONDENTS_QUOTE_EXCEEDED",
      description: `Monthly quota has been exceeded. You can only send or receive messages from these numbers, not ${chatId}.`,
    },
  });
}

export function refuseInvalid(idInstance: string, method: string, details: string): GreenError {
  return new GreenError(400, {
    statusCode: 400,
    timestamp: new Date().toISOString(),
    path: `/waInstance${idInstance}/${method}/<token>`,
    message: `Validation failed. Details: ${details}`,
  });
}

export function answerError(response: Response, error: GreenError): void {
  const isText = typeof error.body === "string";
  const type = isText ? "text/html" : "application/json; charset=utf-8";
  response.writeHead(error.status, { "content-type": type, ...error.headers });
  response.end(isText ? error.body : JSON.stringify(error.body));
}
