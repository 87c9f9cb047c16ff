import { randomBytes } from "node:crypto";
import type { Response } from "express";

/** A refusal as Wazzup answers it; some have no body at all. */
export class WazzupError extends Error {
  readonly status: number;
  readonly body: object | undefined;

  constructor(status: number, body?: object) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

// https://wazzup24.com/help/api-en/common-errors/
export const refuseKey = () =>
  new WazzupError(401, { error: "INVALID_API_KEY", description: "Api key is invalid" });
export const refuseRate = () => new WazzupError(429);
export const refuseServer = (status: number) => new WazzupError(status);
export const refuseRoute = () =>
  new WazzupError(404, { error: "NOT_FOUND", description: "Route is not found" });

/** https://wazzup24.com/help/api-en/sending-messages/ */
export function refuse(error: string, description: string, data?: object): WazzupError {
  const requestId = randomBytes(16).toString("hex");
  return new WazzupError(400, {
    status: 400,
    requestId,
    error,
    description,
    ...(data === undefined ? {} : { data }),
  });
}

export const refuseData = (...fields: readonly string[]): WazzupError =>
  refuse("INVALID_MESSAGE_DATA", "Message data is invalid", { fields });

export function answerError(response: Response, { status, body }: WazzupError): void {
  const type = body === undefined ? "text/plain" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
